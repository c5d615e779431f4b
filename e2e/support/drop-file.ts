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

/** Drops a file of this machine's disk as a person does, so that the browser gives the page a handle of it. */
export async function dropFromDisk(target: Locator, path: string) {
  const page = target.page();
  // Waits until it stands still.
  await target.hover();
  const box = await target.boundingBox();
  if (!box) throw new Error('There is nothing to drop on.');
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const browser = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    await browser.send('Input.dispatchDragEvent', { type, ...place, data });
  }
  await browser.detach();
}
