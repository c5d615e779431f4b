import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createWebhookRequest } from '#lib/contracts/webhooks.ts';
import { getDb } from '#lib/db/client.ts';
import { createWebhook } from '#lib/services/webhooks/save-webhook.ts';
import { createTestUpload } from '#lib/store/testing/fixtures.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { startWebhookReceiver, type WebhookReceiver } from '#lib/testing/webhook-receiver.ts';
import { startWebhookSender } from './webhook-sender.ts';

useTestDatabase();

const silent = () => undefined;
const log = { info: silent, warn: silent };

let ours: TestAccount;
let receiver: WebhookReceiver;
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  ours = await createTestAccount();
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
});
afterAll(() => receiver[Symbol.asyncDispose]());

test('several workers announce and send every end once, and one that stops leaves nothing half-done', async () => {
  const { id: webhookId } = await createWebhook(
    ours.administrator,
    createWebhookRequest.parse({
      url: receiver.url,
      events: ['upload.completed'],
      scope: { kind: 'all' },
    }),
  );
  const { id: tableId } = await createTestTable(ours.editor);
  const uploadIds: number[] = [];
  const start = () => stops.push(startWebhookSender({ log, interval: 20 }));
  for (let index = 0; index < 3; index++) start();
  for (let index = 0; index < 24; index++) {
    const id = await createTestUpload(tableId);
    await getDb().upload.update({
      where: { id },
      data: { state: 'completed', finishedAt: new Date() },
    });
    uploadIds.push(id);
    if (index === 12) {
      await stops.shift()?.();
      start();
    }
  }
  await expect
    .poll(() => getDb().webhookDelivery.count({ where: { webhookId, state: 'delivered' } }), {
      timeout: 25_000,
      interval: 20,
    })
    .toBe(uploadIds.length);
  const told = receiver.received.map(({ body }) => Number(/"id":(\d+)/.exec(body)?.[1]));
  expect(told.toSorted((a, b) => a - b)).toEqual(uploadIds);
});
