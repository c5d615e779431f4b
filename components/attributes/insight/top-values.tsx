import { useId } from 'react';
import { formatShare } from '#components/audiences/format-share.ts';
import { ExactText } from '#components/ui/exact-text.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import type { AttributeInsight } from '#lib/contracts/audiences.ts';

export function TopValues({ values }: { values: AttributeInsight['top'] }) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-2">
      <h3 id={titleId} className="text-sm font-medium">
        Most frequent values
      </h3>
      {values.length > 0 && (
        <ol className="flex flex-col gap-1 text-sm">
          {values.map(({ value, share }) => (
            <li key={value} className="grid grid-cols-[1fr_5rem_3.5rem] items-center gap-3">
              <span className="min-w-0 truncate">
                {value === '' ? (
                  <span className="text-muted-foreground">(empty text)</span>
                ) : (
                  <ExactText text={value} className="whitespace-pre" />
                )}
              </span>
              <ShareBar share={share} className="w-full" />
              <span className="text-right text-muted-foreground tabular-nums">
                {formatShare(share, 1)}
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className="text-xs text-muted-foreground">
        {values.length === 0
          ? 'No value was read five times or more. Rarer ones are not shown here: they are a few customers’ own.'
          : 'Values that were read fewer than five times are not shown.'}
      </p>
    </section>
  );
}
