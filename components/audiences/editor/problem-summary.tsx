'use client';

import { Callout } from '#components/ui/callout.tsx';
import type { EditorCatalog } from '../model/editor-catalog.ts';
import type { EditorGroup } from '../model/editor-node.ts';
import { findNode } from '../model/find-node.ts';
import { nodeWords } from '../model/node-words.ts';
import type { RuleProblem } from '../model/rule-problem.ts';

type ProblemSummaryProps = {
  problems: ReadonlyMap<string, RuleProblem>;
  root: EditorGroup;
  catalog: EditorCatalog;
  onGoTo: (id: string, problem: RuleProblem) => void;
};

const SHOWN = 5;

/** Why it cannot be saved yet, with the way to each rule. */
export function ProblemSummary({ problems, root, catalog, onGoTo }: ProblemSummaryProps) {
  const all = [...problems];
  return (
    <Callout
      tone="danger"
      role="alert"
      title={
        all.length === 1
          ? 'One condition must be finished or muted before saving'
          : `${all.length} conditions must be finished or muted before saving`
      }
    >
      <ul className="flex flex-col">
        {all.slice(0, SHOWN).map(([id, problem]) => {
          const node = findNode(root, id);
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => {
                  onGoTo(id, problem);
                }}
                className="min-h-6 rounded-sm text-left underline underline-offset-4"
              >
                {node ? nodeWords(node, catalog) : 'A condition'}
              </button>
              : {problem.message}
            </li>
          );
        })}
        {all.length > SHOWN && <li>and {all.length - SHOWN} more</li>}
      </ul>
    </Callout>
  );
}
