import type { ReactNode } from 'react';
import type { RejectCode } from '#lib/core/csv/types.ts';
import type { ValueType } from '#lib/core/datatypes/types.ts';

const typeOfCode: Partial<Record<RejectCode, ValueType>> = {
  'invalid-bool': 'bool',
  'invalid-long': 'long',
  'long-out-of-range': 'long',
  'invalid-double': 'double',
  'double-out-of-range': 'double',
  'invalid-date': 'date',
  'invalid-datetime': 'datetime',
  'invalid-epoch': 'epoch',
};

type RulesLinkProps = {
  tableId: number;
  /** Of the rejected rows; left out for the rules as a whole. */
  code?: RejectCode;
  children: ReactNode;
};

/** To the paragraph of the rules. A plain link, because only a page load opens the folded rule it points at. */
export function RulesLink({ tableId, code, children }: RulesLinkProps) {
  const type = code && typeOfCode[code];
  return (
    <a
      href={`/attributes/${tableId}/upload#${type ? `datatype-${type}` : 'csv-format'}`}
      className="rounded-sm font-medium text-brand underline underline-offset-4"
    >
      {children}
    </a>
  );
}
