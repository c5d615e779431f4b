import type { Field } from '#lib/contracts/openapi/list-fields.ts';

type FieldTableProps = {
  label: string;
  fields: readonly Field[];
  /** Whether it matters which fields may be left out. */
  showsRequired?: boolean;
};

/** Name and type side by side however narrow the place is: two short columns need no cards. */
export function FieldTable({ label, fields, showsRequired = false }: FieldTableProps) {
  return (
    <table aria-label={label} className="w-full table-fixed text-sm">
      <thead className="sr-only">
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {fields.map(({ name, type, isRequired }) => (
          <tr key={name}>
            <th scope="row" className="px-4 py-2 text-left align-baseline font-normal">
              <code className="font-mono text-xs wrap-anywhere">{name}</code>
              {showsRequired && isRequired && (
                <span className="text-xs text-muted-foreground"> required</span>
              )}
            </th>
            <td className="py-2 pr-4 align-baseline wrap-anywhere text-muted-foreground">{type}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
