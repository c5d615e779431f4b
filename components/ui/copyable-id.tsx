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
      <CopyButton text={String(id)} label={label} size="inline" />
    </span>
  );
}
