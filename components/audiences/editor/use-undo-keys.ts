import { useEffect } from 'react';

type UndoKeys = { readonly undo: () => void; readonly redo: () => void };

/** Ctrl or ⌘ and Z, with Shift to do it again; Ctrl and Y, too. The builder's own steps include what is typed. */
export function useUndoKeys({ undo, redo }: UndoKeys): void {
  // External system: the window's keyboard.
  useEffect(() => {
    function handle(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('[data-own-undo]')) return;
      const key = event.key.toLowerCase();
      if (key === 'z') {
        event.preventDefault();
        if (event.shiftKey) redo();
        else undo();
      }
      if (key === 'y' && event.ctrlKey) {
        event.preventDefault();
        redo();
      }
    }
    window.addEventListener('keydown', handle);
    return () => {
      window.removeEventListener('keydown', handle);
    };
  }, [undo, redo]);
}
