'use client';

import { cn } from '#components/cn.ts';
import { formatNumber } from '#components/format.ts';
import type { AudienceSizeResponse } from '#lib/contracts/audiences.ts';
import { formatShare } from '../format-share.ts';
import { useEditor } from '../editor/editor-context.tsx';
import type { EditorNode, GroupMode } from '../model/editor-node.ts';
import { modeWords, ruleSentence } from '../model/node-words.ts';
import { countsByNode, type NodeCount } from './node-answers.ts';
import type { Question } from './question.ts';

type FunnelTableProps = {
  question: Question;
  funnel: AudienceSizeResponse | null;
  isStale: boolean;
};

/** The same numbers as beside the conditions, as a table. */
export function FunnelTable({ question, funnel, isStale }: FunnelTableProps) {
  const { catalog } = useEditor();
  if (question.conditions === null) {
    return (
      <p className="text-sm text-muted-foreground">What each condition keeps will be shown here.</p>
    );
  }
  if (!funnel) return <p className="text-sm text-muted-foreground">Counting…</p>;
  const counts = countsByNode(funnel, question.places);
  const about = funnel.isExact ? '' : '≈';
  return (
    <table
      aria-label="What each condition keeps"
      className={cn('w-full text-sm transition-opacity', isStale && 'opacity-50')}
    >
      <thead>
        <tr className="text-xs text-muted-foreground">
          <th scope="col" className="pb-1 text-left font-medium">
            Condition
          </th>
          <th scope="col" className="pb-1 pl-2 text-right font-medium">
            Profiles
          </th>
          <th scope="col" className="pb-1 pl-2 text-right font-medium">
            Left
          </th>
        </tr>
      </thead>
      <tbody>
        {linesOf(question.root, counts).map(({ node, count, depth }) => (
          <tr key={node.id} className="align-top">
            <th
              scope="row"
              className="border-t py-1 text-left font-normal wrap-anywhere"
              style={{ paddingLeft: `${depth * 0.625}rem` }}
            >
              {node.kind === 'group' ? (
                <span className="font-medium">{modeWords[node.mode].short.toUpperCase()} of</span>
              ) : (
                ruleSentence(node, catalog)
              )}
            </th>
            <td className="border-t py-1 pl-2 text-right tabular-nums">
              {about}
              {formatNumber(count.size)}
              <span className="block text-xs text-muted-foreground">
                {formatShare(count.size, count.total)}
              </span>
            </td>
            <td className="border-t py-1 pl-2 text-right tabular-nums">
              {count.remaining === null ? '' : `${about}${formatNumber(count.remaining)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface FunnelLine {
  readonly node: EditorNode;
  readonly count: NodeCount;
  readonly depth: number;
}

interface Above {
  readonly depth: number;
  readonly mode: GroupMode | null;
}

/** Without what is not counted. Only where all must hold does one step leave something for the next. */
function linesOf(
  node: EditorNode,
  counts: ReadonlyMap<string, NodeCount>,
  { depth, mode }: Above = { depth: 0, mode: null },
): readonly FunnelLine[] {
  const found = counts.get(node.id);
  const count = found && mode !== 'all' ? { ...found, remaining: null } : found;
  const own = count ? [{ node, count, depth }] : [];
  if (node.kind === 'rule') return own;
  const below = { depth: depth + 1, mode: node.mode };
  return [...own, ...node.children.flatMap((child) => linesOf(child, counts, below))];
}
