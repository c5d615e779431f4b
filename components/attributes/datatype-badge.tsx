import {
  Calendar,
  CalendarClock,
  Hash,
  Percent,
  Timer,
  ToggleLeft,
  Type,
  type LucideIcon,
} from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import {
  valueTypeOf,
  type Datatype,
  type DatetimeFormat,
  type ValueType,
} from '#lib/core/datatypes/types.ts';

export const datatypeLooks: Record<
  ValueType,
  { readonly word: string; readonly icon: LucideIcon }
> = {
  string: { word: 'String', icon: Type },
  bool: { word: 'Boolean', icon: ToggleLeft },
  long: { word: 'Long', icon: Hash },
  double: { word: 'Double', icon: Percent },
  date: { word: 'Date', icon: Calendar },
  datetime: { word: 'Date with time', icon: CalendarClock },
  epoch: { word: 'Timestamp', icon: Timer },
};

type DatatypeBadgeProps = {
  datatype: Datatype;
  format: DatetimeFormat | null;
  /** Without the format of a date, which its word implies. */
  isBrief?: boolean;
};

export function DatatypeBadge({ datatype, format, isBrief = false }: DatatypeBadgeProps) {
  const { word, icon: Icon } = datatypeLooks[valueTypeOf(datatype, format)];
  return (
    <span className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 as-cards:justify-end as-rows:flex-nowrap as-rows:whitespace-nowrap">
      <Badge tone="outline">
        <Icon aria-hidden />
        {word}
      </Badge>
      {format !== null && !isBrief && (
        <code className="font-mono text-xs text-muted-foreground">{format}</code>
      )}
    </span>
  );
}
