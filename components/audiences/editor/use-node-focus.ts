import { useCallback, useEffect, useRef } from 'react';
import type { FocusPart } from './editor-context.tsx';

/** Gives the focus to a control of a node once the change that brings or moves it is drawn. */
export function useNodeFocus(drawn: unknown) {
  const wanted = useRef<{ readonly id: string; readonly part: FocusPart } | null>(null);
  const focusNow = useCallback((id: string, part: FocusPart): boolean => {
    const node = document.querySelector(`[data-node="${CSS.escape(id)}"]`);
    const control = node?.querySelector<HTMLElement>(`[data-part="${part}"]`);
    const found = control ?? node?.querySelector<HTMLElement>('[data-part="subject"]');
    found?.focus();
    return found !== null && found !== undefined;
  }, []);
  // External system: the document's focus, which follows what was drawn.
  useEffect(() => {
    if (wanted.current && focusNow(wanted.current.id, wanted.current.part)) wanted.current = null;
  }, [drawn, focusNow]);
  const focusNode = useCallback((id: string, part: FocusPart) => {
    wanted.current = { id, part };
  }, []);
  return { focusNode, focusNow };
}
