'use client';

import { CircleAlert } from 'lucide-react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { LabelledCheck } from '#components/ui/labelled-check.tsx';
import { tokenScopes, type TokenScope } from '#lib/contracts/tokens.ts';
import { scopeWords } from './scope-words.ts';

type ScopeChoiceProps = {
  value: readonly TokenScope[];
  onValueChange: (scopes: TokenScope[]) => void;
  canWrite: boolean;
  error: string | undefined;
};

export function ScopeChoice({ value, onValueChange, canWrite, error }: ScopeChoiceProps) {
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="pb-1.5 text-sm font-medium">Rights</legend>
      {tokenScopes.map((scope) => {
        const { label, hint, needsEditor } = scopeWords[scope];
        const isRefused = needsEditor && !canWrite;
        return (
          <LabelledCheck
            key={scope}
            label={label}
            description={isRefused ? 'Needs the editor role' : hint}
            disabled={isRefused}
          >
            <Checkbox
              checked={value.includes(scope)}
              onCheckedChange={(isChosen) => {
                const others = value.filter((other) => other !== scope);
                onValueChange(isChosen ? [...others, scope] : others);
              }}
            />
          </LabelledCheck>
        );
      })}
      {error !== undefined && (
        <p role="alert" className="flex items-start gap-1.5 text-xs font-medium text-danger">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  );
}
