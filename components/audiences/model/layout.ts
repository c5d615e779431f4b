import { z } from 'zod';
import { matchTypes } from '#lib/core/audience/condition.ts';
import { ExactNumber } from '#lib/core/datatypes/exact-number.ts';
import { groupModes, type EditorGroup, type EditorNode } from './editor-node.ts';

/*
 * The tree with everything that the stored conditions leave out: what is muted, and what is unfinished. Kept beside the
 * conditions of a version, and as the draft in the browser.
 */

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const rule = z.object({
  kind: z.literal('rule'),
  isMuted: z.boolean(),
  subject: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('attribute'), tableId: z.int(), attributeId: z.int() }),
      z.object({ kind: z.literal('audience'), audienceId: z.int().nullable() }),
    ])
    .nullable(),
  isNegated: z.boolean(),
  match: z.enum(matchTypes),
  values: z.array(scalar),
  ignoreCase: z.boolean(),
});

type StoredRule = z.infer<typeof rule>;

interface StoredGroup {
  readonly kind: 'group';
  readonly isMuted: boolean;
  readonly mode: EditorGroup['mode'];
  readonly children: readonly (StoredRule | StoredGroup)[];
}

const group: z.ZodType<StoredGroup> = z.object({
  kind: z.literal('group'),
  isMuted: z.boolean(),
  mode: z.enum(groupModes),
  children: z.array(z.union([rule, z.lazy(() => group)])),
});

const layout = z.object({ format: z.literal(1), root: group });

export function writeLayout(root: EditorGroup): string {
  // Numbers that JavaScript would round are kept as the text that they were.
  return JSON.stringify({ format: 1, root }, (key, value: unknown) => {
    if (key === 'id') return undefined;
    return value instanceof ExactNumber ? value.source : value;
  });
}

/** @returns `null` for what this builder did not write. */
export function readLayout(text: string): EditorGroup | null {
  try {
    const parsed = layout.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const node = withPlaces(parsed.data.root, 'root');
    return node.kind === 'group' ? node : null;
  } catch {
    return null;
  }
}

function withPlaces(node: StoredRule | StoredGroup, id: string): EditorNode {
  if (node.kind === 'rule') return { ...node, id };
  const children = node.children.map((child, index) => withPlaces(child, `${id}.${index}`));
  return { ...node, id, children };
}

/** Whether the conditions alone would not bring everything back. */
export function needsLayout(node: EditorNode): boolean {
  if (node.isMuted) return true;
  return node.kind === 'group' && (node.children.length === 0 || node.children.some(needsLayout));
}
