'use client';

import { Toast } from '@base-ui/react/toast';
import { CircleCheck, CircleX, X } from 'lucide-react';
import { buttonStyles } from './button-styles.ts';
import { toastManager } from './toast-manager.ts';

export function Toaster() {
  return (
    <Toast.Provider toastManager={toastManager}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 bottom-4 z-60 mx-auto flex flex-col gap-2 sm:right-6 sm:left-auto sm:w-84 [html:has([data-transfer-dock])_&]:bottom-32">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((item) => (
    <Toast.Root
      key={item.id}
      toast={item}
      swipeDirection={['right', 'down']}
      className="rounded-lg border bg-popover text-foreground shadow-lg transition-[opacity,translate] duration-200 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2.5 p-3">
        {item.type === 'error' ? (
          <CircleX aria-hidden className="mt-1.5 size-4 shrink-0 text-danger" />
        ) : (
          <CircleCheck aria-hidden className="mt-1.5 size-4 shrink-0 text-success" />
        )}
        <div className="flex min-w-0 flex-1 flex-col gap-0.5 py-1 wrap-break-word">
          <Toast.Title className="text-sm font-medium" />
          <Toast.Description className="text-sm text-muted-foreground" />
        </div>
        <Toast.Action className={buttonStyles({ variant: 'outline', size: 'sm' })} />
        <Toast.Close
          aria-label="Dismiss"
          className={buttonStyles({ variant: 'ghost', size: 'icon-sm' })}
        >
          <X aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
