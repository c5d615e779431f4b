import { cn } from '#components/cn.ts';
import { CopyButton, type CopyText } from './copy-button.tsx';

type CodeBlockProps = {
  code: string;
  /** What the code is: "AWS CLI commands". Names the region and the copy button. */
  label: string;
  /** Copied instead of the shown code, where a secret is masked on screen. */
  copyText?: CopyText;
  className?: string;
};

export function CodeBlock({ code, label, copyText, className }: CodeBlockProps) {
  return (
    <div className={cn('flex min-w-0 items-start rounded-md border bg-canvas', className)}>
      <pre
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrollable, so keyboards must reach it
        tabIndex={0}
        role="region"
        aria-label={label}
        className="min-w-0 flex-1 overflow-x-auto rounded-md p-3"
      >
        <code className="font-mono text-xs leading-5">{code}</code>
      </pre>
      <CopyButton text={copyText ?? code} label={`Copy ${label}`} className="m-1.5" />
    </div>
  );
}
