import { z } from 'zod';
import type { EditorGroup } from './editor-node.ts';
import { readLayout, writeLayout } from './layout.ts';

/** What somebody has changed and not saved; kept in this browser. */
export interface AudienceDraft {
  /** The version that the changes began with; `null` for an audience that is not there yet. */
  readonly version: number | null;
  readonly name: string;
  readonly description: string;
  readonly root: EditorGroup;
  /** ISO 8601. */
  readonly keptAt: string;
}

const stored = z.object({
  version: z.int().nullable(),
  name: z.string(),
  description: z.string(),
  layout: z.string(),
  keptAt: z.string(),
});

export function draftKey(audienceId: number | undefined): string {
  return `opendcp-audience-draft:${audienceId ?? 'new'}`;
}

export function keepDraft(key: string, { root, ...draft }: AudienceDraft): void {
  try {
    localStorage.setItem(key, JSON.stringify({ ...draft, layout: writeLayout(root) }));
  } catch {
    // Storage may be full or switched off: then a reload loses what was not saved, as in any form.
  }
}

export function readDraft(key: string): AudienceDraft | null {
  try {
    const text = localStorage.getItem(key);
    if (text === null) return null;
    const { layout, ...draft } = stored.parse(JSON.parse(text));
    const root = readLayout(layout);
    return root && { ...draft, root };
  } catch {
    return null;
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}
