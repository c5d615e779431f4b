import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { checkAttributeName, isCustomerIdName } from '#lib/core/datatypes/attribute-name.ts';
import { guessType } from '#lib/core/datatypes/guess-type.ts';
import { looksLikePii } from '#lib/core/datatypes/pii.ts';
import type { ValueType } from '#lib/core/datatypes/types.ts';
import type { PastedColumn } from './read-pasted-csv.ts';

/** What could become of one pasted column. */
export type Proposal =
  | {
      readonly kind: 'new';
      readonly name: string;
      readonly type: ValueType;
      /** Non-empty cells that the guess rests on; 0 when only the name was there. */
      readonly sampleCount: number;
      readonly example: string | null;
      readonly warning: string | null;
    }
  | { readonly kind: 'customer-id'; readonly name: string }
  | { readonly kind: 'taken' | 'refused'; readonly name: string; readonly reason: string };

export function proposeAttributes(
  columns: readonly PastedColumn[],
  registered: readonly AttributeResponse[],
): Proposal[] {
  const byName = new Map(registered.map((attribute) => [attribute.name, attribute]));
  const seen = new Set<string>();
  return columns.map((column) => {
    const { name } = column;
    const isRepeated = seen.has(name);
    seen.add(name);
    if (isCustomerIdName(name)) return { kind: 'customer-id', name };
    if (isRepeated) return { kind: 'refused', name, reason: 'This name appears twice.' };
    const existing = byName.get(name);
    if (existing) return { kind: 'taken', name, reason: describeTaken(existing) };
    const checked = checkAttributeName(name);
    if (!checked.ok) return { kind: 'refused', name, reason: checked.error.message };
    return proposeNew(column);
  });
}

function describeTaken({ archivedAt }: AttributeResponse): string {
  return archivedAt === null
    ? 'Registered already.'
    : 'Registered already, and archived. Restore it to use it again.';
}

function proposeNew({ name, samples }: PastedColumn): Proposal {
  const filled = samples.filter((sample) => sample.trim() !== '');
  return {
    kind: 'new',
    name,
    type: guessType(name, filled),
    sampleCount: filled.length,
    example: filled[0] ?? null,
    warning: looksLikePii(name),
  };
}
