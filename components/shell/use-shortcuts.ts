import { useEffect } from 'react';

type ShortcutsOptions = { onCommandMenu: () => void; onHelp: () => void };

/** Ctrl or ⌘ and K, `?` and `/`. None fires while someone types, single keys not while a dialog is open. */
export function useShortcuts({ onCommandMenu, onHelp }: ShortcutsOptions): void {
  // External system: the window's keyboard.
  useEffect(() => {
    function handle(event: KeyboardEvent): void {
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        onCommandMenu();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isDialogOpen()) return;
      if (event.key === '?') {
        event.preventDefault();
        onHelp();
      }
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-search-input]');
        if (!search) return;
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
    window.addEventListener('keydown', handle);
    return () => {
      window.removeEventListener('keydown', handle);
    };
  }, [onCommandMenu, onHelp]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role=combobox]'))
  );
}

// Toasts are dialogs too, but not modal ones.
const modal = ':is([role=dialog], [role=alertdialog]):not([aria-modal="false"]), [role=menu]';

function isDialogOpen(): boolean {
  return document.querySelector(modal) !== null;
}
