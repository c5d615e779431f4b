'use client';

import { useId, useMemo, useRef, useState } from 'react';
import { cn } from '#components/cn.ts';
import { bindConditions } from '#lib/core/audience/bind-conditions.ts';
import type { AudienceCatalog } from '#lib/core/audience/bound-condition.ts';
import { parseConditionsText } from '#lib/core/audience/parse-conditions.ts';
import type { EditorGroup } from '../model/editor-node.ts';
import { fromCondition } from '../model/from-condition.ts';
import { codeText } from '../model/stored-form.ts';
import { lineAt, offsetOfPath } from '../model/text-position.ts';

type CodeEditorProps = {
  root: EditorGroup;
  /** Something stands in the builder that the stored form leaves out. */
  leavesOut: boolean;
  catalog: AudienceCatalog;
  audienceId: number | undefined;
  onChange: (root: EditorGroup) => void;
};

interface CodeFault {
  readonly line: number;
  readonly offset: number;
  readonly message: string;
}

/** The conditions as JSON. What can be read goes into the tree at once, what cannot is marked at its line. */
export function CodeEditor({ root, leavesOut, catalog, audienceId, onChange }: CodeEditorProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const text = codeText(root);
  const [draft, setDraft] = useState({ code: pretty(text), of: text });
  // The tree changed by other means, such as undo: show it, unless that is what was typed.
  if (draft.of !== text) setDraft({ code: pretty(text), of: text });
  const { code } = draft;
  const faults = useMemo(
    () => faultsOf(code, { catalog, audienceId }),
    [code, catalog, audienceId],
  );
  const marked = new Set(faults.map(({ line }) => line));
  const lines = code.split('\n').length;

  function type(next: string): void {
    const parsed = parseConditionsText(next);
    if (!parsed.ok) {
      setDraft({ code: next, of: text });
      return;
    }
    const tree = fromCondition(parsed.value);
    setDraft({ code: next, of: codeText(tree) });
    onChange(tree);
  }

  return (
    <div className="flex flex-col gap-2">
      {leavesOut && (
        <p className="text-sm text-muted-foreground">
          Muted and unfinished conditions are not in the JSON; a change here removes them.
        </p>
      )}
      <div
        className={cn(
          'flex max-h-[60vh] min-h-64 overflow-hidden rounded-md border bg-canvas font-mono text-xs leading-5 focus-within:outline-2 focus-within:outline-ring',
          faults.length > 0 && 'border-danger',
        )}
      >
        <div
          ref={gutter}
          aria-hidden
          className="shrink-0 overflow-hidden border-r bg-muted py-3 text-right text-muted-foreground select-none"
        >
          {Array.from({ length: lines }, (_, index) => (
            <div
              key={index}
              className={cn(
                'px-2',
                marked.has(index + 1) && 'bg-danger-subtle font-semibold text-danger',
              )}
            >
              {index + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          aria-label="Conditions as JSON"
          aria-invalid={faults.length > 0 || undefined}
          aria-describedby={`${id}-faults`}
          data-own-undo=""
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          wrap="off"
          value={code}
          onChange={(event) => {
            type(event.target.value);
          }}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
          className="min-w-0 flex-1 resize-none overflow-auto bg-transparent p-3 whitespace-pre outline-hidden pointer-coarse:text-sm"
        />
      </div>
      <ul id={`${id}-faults`} aria-live="polite" className="flex flex-col gap-0.5">
        {faults.slice(0, 20).map(({ line, offset, message }, index) => (
          <li key={index} className="text-sm text-danger">
            <button
              type="button"
              onClick={() => {
                area.current?.focus();
                area.current?.setSelectionRange(offset, offset);
              }}
              className="min-h-6 rounded-sm font-medium underline underline-offset-4"
            >
              Line {line}
            </button>
            : {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function pretty(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 2);
}

function faultsOf(
  code: string,
  options: { catalog: AudienceCatalog; audienceId: number | undefined },
): readonly CodeFault[] {
  const syntax = syntaxFault(code);
  if (syntax) return [syntax];
  const parsed = parseConditionsText(code);
  const faults = parsed.ok ? bindConditions(parsed.value, options).faults : parsed.error;
  return faults.map(({ path, message }) => {
    const offset = offsetOfPath(code, path);
    return { line: lineAt(code, offset), offset, message };
  });
}

function syntaxFault(code: string): CodeFault | null {
  try {
    JSON.parse(code);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    // Chrome says "position 12 (line 2 column 3)", Firefox "line 2 column 3".
    const [, line = '1', column = '1'] = /line (\d+) column (\d+)/.exec(reason) ?? [];
    const before = code.split('\n').slice(0, Number(line) - 1);
    const start = before.reduce((sum, text) => sum + text.length + 1, 0);
    const offset = start + Number(column) - 1;
    return { line: Number(line), offset, message: `This is not valid JSON. ${reason}` };
  }
}
