import { cn } from '#components/cn.ts';

/**
 * Characters that look like nothing or like a plain space, and runs of blanks that HTML would hide. The
 * zero-width joiner is not among them: it holds emoji together.
 */
const unseen =
  /(^ +| +$| {2,}|[\p{Cc}\u00a0\u00ad\u2000-\u200c\u200e\u200f\u2028-\u202f\u2060-\u2069\u3000\ufeff])/u;

const marks: Readonly<Record<string, string>> = { '\n': '↵', '\r': '␍', '\t': '→' };

type ExactTextProps = { text: string; className?: string };

/** A text as it is stored, to the last blank. What is selected and copied holds no marks. */
export function ExactText({ text, className }: ExactTextProps) {
  return (
    <span className={cn('wrap-anywhere whitespace-pre-wrap', className)}>
      {text.split(unseen).map((part, index) =>
        // Odd parts are the matches.
        index % 2 === 0 ? part : <Unseen key={`${index}-${part}`} text={part} />,
      )}
    </span>
  );
}

function Unseen({ text }: { text: string }) {
  if (text.startsWith(' ')) return Array.from(text, (_, index) => <Space key={index} />);
  return (
    <span
      data-mark={marks[text] ?? codePointOf(text)}
      className="before:rounded-sm before:bg-muted before:px-0.5 before:text-muted-foreground before:content-[attr(data-mark)]"
    >
      {text}
    </span>
  );
}

/** A dot in the middle of the blank's own width. */
function Space() {
  return (
    <span className="relative before:absolute before:inset-0 before:flex before:justify-center before:text-muted-foreground before:content-['·']">
      {' '}
    </span>
  );
}

/** "\u200b" becomes "U+200B". */
function codePointOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
