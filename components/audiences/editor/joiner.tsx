/** "and", "or": how a part is joined to the one before it. */
export function Joiner({ word }: { word: string }) {
  return <span className="w-7 shrink-0 text-xs text-muted-foreground">{word}</span>;
}
