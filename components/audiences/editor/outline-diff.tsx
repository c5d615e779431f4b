import { cn } from '#components/cn.ts';
import { diffLines, type DiffLine } from '../model/outline.ts';

const looks: Record<DiffLine['kind'], { sign: string; word: string; className: string }> = {
  same: { sign: ' ', word: '', className: '' },
  added: { sign: '+', word: 'added: ', className: 'bg-success-subtle text-success' },
  removed: { sign: '−', word: 'removed: ', className: 'bg-danger-subtle text-danger' },
};

type OutlineDiffProps = { label: string; before: readonly string[]; after: readonly string[] };

/** Two trees in words, one against the other. */
export function OutlineDiff({ label, before, after }: OutlineDiffProps) {
  const lines = diffLines(before, after);
  if (lines.every(({ kind }) => kind === 'same')) {
    return <p className="text-sm text-muted-foreground">The conditions are the same.</p>;
  }
  return (
    <ol aria-label={label} className="overflow-x-auto rounded-md border bg-canvas py-1.5 text-sm">
      {lines.map(({ kind, text }, index) => {
        const { sign, word, className } = looks[kind];
        return (
          <li key={index} className={cn('flex gap-2 px-3 py-0.5', className)}>
            <span aria-hidden className="w-3 shrink-0 text-center font-mono">
              {sign}
            </span>
            <span className="sr-only">{word}</span>
            <span className="min-w-0 wrap-anywhere whitespace-pre-wrap">{text}</span>
          </li>
        );
      })}
    </ol>
  );
}
