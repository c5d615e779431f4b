'use client';

import { Dialog, DialogBody } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { useIsMac } from './use-is-mac.ts';

const shortcuts = [
  { keys: ['Ctrl', 'K'], onMac: ['⌘', 'K'], what: 'Open the command menu' },
  { keys: ['/'], what: 'Search on this page' },
  { keys: ['?'], what: 'Show these shortcuts' },
  { keys: ['Ctrl', 'Z'], onMac: ['⌘', 'Z'], what: 'Undo in the audience builder' },
  { keys: ['Ctrl', 'Shift', 'Z'], onMac: ['⌘', '⇧', 'Z'], what: 'Redo in the audience builder' },
  { keys: ['↑', '↓'], what: 'Move a condition, on its handle' },
  { keys: ['Esc'], what: 'Close a dialog or a menu' },
] as const;

type ShortcutsDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const isMac = useIsMac();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title="Keyboard shortcuts"
      description="They do not fire while you type in a field."
    >
      <DialogBody>
        <dl className="flex flex-col gap-2.5">
          {shortcuts.map((shortcut) => (
            <div key={shortcut.what} className="flex items-center justify-between gap-4">
              <dt className="text-sm">{shortcut.what}</dt>
              <dd className="flex items-center gap-1">
                {(isMac && 'onMac' in shortcut ? shortcut.onMac : shortcut.keys).map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </DialogBody>
    </Dialog>
  );
}
