'use client';

import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { cn } from '#components/cn.ts';
import { Button } from './button.tsx';
import { toast } from './toast-manager.ts';

/** A function where the text must be fetched first, such as a secret. */
export type CopyText = string | (() => Promise<string>);

type CopyButtonProps = {
  text: CopyText;
  /** What is copied: "Copy S3 import path". */
  label: string;
  size?: 'icon-sm' | 'inline';
  className?: string;
};

export function CopyButton({ text, label, size = 'icon-sm', className }: CopyButtonProps) {
  const { isCopied, copy } = useCopy();
  const Icon = isCopied ? Check : Copy;
  return (
    <>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={label}
        onClick={() => void copy(text)}
        className={cn(
          'text-muted-foreground hover:text-foreground',
          size === 'inline' && 'size-6 rounded-sm [&_svg]:size-3.5',
          className,
        )}
      >
        <Icon aria-hidden className={cn(isCopied && 'text-success')} />
      </Button>
      <span role="status" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </>
  );
}

/** For a button of one's own shape; announce `isCopied` in a live region. */
export function useCopy() {
  const [isCopied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  async function copy(source: CopyText): Promise<void> {
    let text: string;
    try {
      text = typeof source === 'string' ? source : await source();
    } catch (error) {
      toast.error('Nothing was copied.', error);
      return;
    }
    try {
      await writeText(text);
    } catch (error) {
      toast.error('The browser did not allow copying. Select the text and copy it by hand.', error);
      return;
    }
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setCopied(false);
    }, 2000);
  }

  return { isCopied, copy };
}

async function writeText(text: string): Promise<void> {
  // On plain HTTP beyond localhost browsers hide the clipboard API; the old way still works there.
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('readonly', '');
  area.className = 'fixed opacity-0';
  const focused = document.activeElement;
  (focused?.closest('[role=dialog]') ?? document.body).append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else works without a secure context
  const done = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!done) throw new Error('copy was refused');
}
