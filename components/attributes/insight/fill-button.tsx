'use client';

import { formatShare } from '#components/audiences/format-share.ts';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { cn } from '#components/cn.ts';

type FillButtonProps = {
  name: string;
  /** `null` while it is not known. */
  fillRate: number | null;
  onPress: () => void;
};

/** How many rows have a value; pressed, it shows which values. */
export function FillButton({ name, fillRate, onPress }: FillButtonProps) {
  const words = fillRate === null ? null : formatShare(fillRate, 1);
  return (
    <button
      type="button"
      onClick={onPress}
      aria-label={`Values of ${name}${words === null ? '' : `, ${words} filled`}`}
      className={cn(
        buttonStyles({ variant: 'ghost', size: 'sm' }),
        '-mx-2 font-normal text-muted-foreground tabular-nums hover:text-foreground',
      )}
    >
      <ShareBar share={fillRate ?? 0} className="w-12" />
      <span className="min-w-11 text-right">{words ?? '–'}</span>
    </button>
  );
}
