import { Toast } from '@base-ui/react/toast';

export const toastManager = Toast.createToastManager();

type ToastOptions = {
  description?: string;
  /** One button, such as Undo. The toast then stays for ten seconds. */
  action?: { label: string; onClick: () => void };
};

function show(type: 'success' | 'error', title: string, { description, action }: ToastOptions) {
  const id = toastManager.add({
    type,
    title,
    description,
    timeout: action || type === 'error' ? 10_000 : 5000,
    actionProps: action && {
      children: action.label,
      onClick: () => {
        toastManager.close(id);
        action.onClick();
      },
    },
  });
}

/** Only for news that has no place on the page. */
export const toast = {
  success: (title: string, options: ToastOptions = {}) => {
    show('success', title, options);
  },
  /** Takes whatever a failed request threw. */
  error: (title: string, cause?: unknown) => {
    show('error', title, cause instanceof Error ? { description: cause.message } : {});
  },
};
