'use client';

import { createContext, use } from 'react';
import type { EditorCatalog } from '../model/editor-catalog.ts';
import type { EditorGroup } from '../model/editor-node.ts';

/** Which control of a node is to have the focus. */
export type FocusPart = 'handle' | 'subject' | 'value';

export type EditorContextValue = {
  readonly catalog: EditorCatalog;
  /** The audience that is edited; none yet for a new one. */
  readonly audienceId: number | undefined;
  readonly projectId: number;
  /** `source`: changes of one field, such as keys typed into it, are undone together. */
  readonly edit: (change: (root: EditorGroup) => EditorGroup, source?: string) => void;
  /** After the change is drawn. */
  readonly focusNode: (id: string, part: FocusPart) => void;
  /** Said by screen readers. */
  readonly announce: (text: string) => void;
};

export const EditorContext = createContext<EditorContextValue | null>(null);

export function useEditor(): EditorContextValue {
  const editor = use(EditorContext);
  if (!editor) throw new Error('useEditor needs an EditorContext above it');
  return editor;
}
