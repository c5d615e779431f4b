import { toast } from '#components/ui/toast-manager.ts';
import type { QueuedFile } from './queued-file.ts';

/** For people who went on to another page; on the file's own it shows. */
export function tellArrival({ name, tableId, tableName }: QueuedFile): void {
  if (window.location.pathname === `/attributes/${tableId}/upload`) return;
  toast.success(`${name} was sent`, { description: `Now it is processed into ${tableName}.` });
}
