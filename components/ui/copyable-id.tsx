import { CopyButton } from './copy-button.tsx';

type CopyableIdProps = {
  id: string | number;
  /** What the id belongs to: "Copy ID of table CRM". */
  label: string;
};

export function CopyableId({ id, label }: CopyableIdProps) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <code className="font-mono text-xs text-muted-foreground">{id}</code>
      <CopyButton
        text={String(id)}
        label={label}
        size="inline"
        // In a long list the buttons would outweigh the ids.
        className="as-rows:pointer-fine:opacity-0 as-rows:pointer-fine:group-focus-within/row:opacity-100 as-rows:pointer-fine:group-hover/row:opacity-100"
      />
    </span>
  );
}
