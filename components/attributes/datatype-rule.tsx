import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { datatypeRules, type CellExample } from '#lib/core/datatypes/datatype-rules.ts';
import type { ValueType } from '#lib/core/datatypes/types.ts';

/** What a datatype accepts, with examples as they stand in a CSV file. */
export function DatatypeRule({ type }: { type: ValueType }) {
  const { rule, valid, invalid } = datatypeRules[type];
  return (
    <div className="flex flex-col gap-2 rounded-md border bg-canvas px-3 py-2.5 text-xs">
      <p className="text-pretty text-muted-foreground">{rule}</p>
      <Examples
        label="Valid"
        examples={valid}
        icon={<Check aria-hidden className="size-3.5 shrink-0 text-success" />}
      />
      <Examples
        label="Invalid"
        examples={invalid}
        icon={<X aria-hidden className="size-3.5 shrink-0 text-danger" />}
      />
    </div>
  );
}

type ExamplesProps = { label: string; examples: readonly CellExample[]; icon: ReactNode };

function Examples({ label, examples, icon }: ExamplesProps) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-x-4 gap-y-1">
      {examples.map(({ cell, note }) => (
        <li key={cell} className="flex items-start gap-1">
          {icon}
          <span>
            <code className="font-mono wrap-anywhere">{cell}</code>
            {note !== undefined && <span className="text-muted-foreground"> ({note})</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
