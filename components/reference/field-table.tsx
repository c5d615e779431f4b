import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '#components/ui/table.tsx';
import type { Field } from '#lib/contracts/openapi/list-fields.ts';

type FieldTableProps = {
  label: string;
  fields: readonly Field[];
  /** Whether it matters which fields may be left out. */
  showsRequired?: boolean;
};

export function FieldTable({ label, fields, showsRequired = false }: FieldTableProps) {
  return (
    <Table label={label}>
      <TableHeader>
        <TableHead>Field</TableHead>
        <TableHead>Type</TableHead>
      </TableHeader>
      <TableBody>
        {fields.map(({ name, type, isRequired }) => (
          <TableRow key={name}>
            <TableCell isTitle>
              <code className="font-mono text-xs wrap-anywhere">{name}</code>
              {showsRequired && isRequired && (
                <span className="text-xs text-muted-foreground"> required</span>
              )}
            </TableCell>
            <TableCell label="Type" className="wrap-anywhere text-muted-foreground">
              {type}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
