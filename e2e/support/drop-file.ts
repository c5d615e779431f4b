import type { Locator } from '@playwright/test';

/** Drops a file from outside the browser onto an element. */
export async function dropFile(target: Locator, file: { name: string; content: string }) {
  const transfer = await target.page().evaluateHandle(({ name, content }) => {
    const data = new DataTransfer();
    data.items.add(new File([content], name, { type: 'text/csv' }));
    return data;
  }, file);
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await target.dispatchEvent('drop', { dataTransfer: transfer });
  await transfer.dispose();
}
