import { Check, ChevronRight, X } from 'lucide-react';
import type { CellExample, DatatypeRule } from '#lib/core/datatypes/datatype-rules.ts';

type DatatypeRuleItemProps = {
  rule: DatatypeRule;
  /** Attributes of the table that are of this type. */
  attributeNames: readonly string[];
};

/** Closed it names the datatype and who uses it, open it shows what is accepted. */
export function DatatypeRuleItem({ rule, attributeNames }: DatatypeRuleItemProps) {
  return (
    <li>
      <details
        className="group"
        // The browser opens it before hydration when the address points into it.
        suppressHydrationWarning
      >
        <summary className="flex list-none items-start gap-2 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="mt-0.5 size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
          />
          <span className="flex min-w-0 flex-col">
            <span className="text-sm font-medium wrap-break-word">
              {splitLabel(rule.label).map((part) => (
                <span key={part} className="inline-block pr-1">
                  {part}
                </span>
              ))}
            </span>
            {attributeNames.length > 0 && (
              <span className="truncate text-xs text-muted-foreground">
                {listNames(attributeNames)}
              </span>
            )}
          </span>
        </summary>
        <div id={`datatype-${rule.type}`} className="flex flex-col gap-2 pr-4 pb-3 pl-10 text-sm">
          <p className="text-pretty wrap-break-word">{rule.rule}</p>
          <Examples label={`Valid for ${rule.label}`} examples={rule.valid} isValid />
          <Examples label={`Invalid for ${rule.label}`} examples={rule.invalid} isValid={false} />
        </div>
      </details>
    </li>
  );
}

type ExamplesProps = { label: string; examples: readonly CellExample[]; isValid: boolean };

function Examples({ label, examples, isValid }: ExamplesProps) {
  const Icon = isValid ? Check : X;
  return (
    <ul aria-label={label} className="flex flex-col gap-1">
      {examples.map(({ cell, note }) => (
        <li key={cell} className="flex items-start gap-1.5 text-xs leading-5">
          <Icon
            aria-hidden
            className={`mt-0.5 size-3.5 shrink-0 ${isValid ? 'text-success' : 'text-danger'}`}
          />
          <span className="min-w-0 wrap-break-word">
            <code className="rounded-sm bg-muted px-1 py-0.5 font-mono">{cell}</code>{' '}
            <span className="text-muted-foreground">
              {isValid ? 'valid' : 'invalid'}
              {note !== undefined && `: ${note}`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** "Date (yyyy-mm-dd)" breaks before the format, not at its hyphens. */
function splitLabel(label: string): string[] {
  return label.split(/ (?=\()/);
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
