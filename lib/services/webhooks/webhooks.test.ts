import dns from 'node:dns';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Webhook as Verifier } from 'standardwebhooks';
import {
  createWebhookRequest,
  listDeliveriesParameters,
  type CreateWebhookRequest,
} from '#lib/contracts/webhooks.ts';
import { getDb } from '#lib/db/client.ts';
import { createTestUpload } from '#lib/store/testing/fixtures.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { startWebhookReceiver, type WebhookReceiver } from '#lib/testing/webhook-receiver.ts';
import { announceUploads } from './announce-uploads.ts';
import { listDeliveries, sendAgain, sendTestEvent } from './deliveries.ts';
import { getWebhook, listWebhooks } from './list-webhooks.ts';
import { rotateWebhookSecret } from './rotate-secret.ts';
import { createWebhook, deleteWebhook, updateWebhook } from './save-webhook.ts';
import { sendDelivery, takeDueDeliveries } from './send-delivery.ts';
import { sweepDeliveries } from './sweep-deliveries.ts';

useTestDatabase();

const everyEvent = [
  'upload.completed',
  'upload.completed_with_errors',
  'upload.failed',
  'upload.cancelled',
] as const;
const firstPage = listDeliveriesParameters.parse({});
const day = 24 * 3_600_000;

let ours: TestAccount;
let theirs: TestAccount;
let receiver: WebhookReceiver;

beforeAll(async () => {
  ours = await createTestAccount('Ours');
  theirs = await createTestAccount('Theirs');
});
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await receiver[Symbol.asyncDispose]();
  await getDb().webhook.deleteMany();
  await getDb().upload.deleteMany();
});

function add(request: Partial<CreateWebhookRequest> = {}, { administrator } = ours) {
  return createWebhook(
    administrator,
    createWebhookRequest.parse({
      url: receiver.url,
      events: everyEvent,
      scope: { kind: 'all' },
      ...request,
    }),
  );
}

type End = NonNullable<Parameters<ReturnType<typeof getDb>['upload']['update']>[0]['data']>;

/** An upload that has just ended. */
async function endUpload(end: End, tableId?: number): Promise<number> {
  const id = await createTestUpload(tableId ?? (await createTestTable(ours.editor)).id, {
    fileName: 'customers.csv',
  });
  await getDb().upload.update({ where: { id }, data: { finishedAt: new Date(), ...end } });
  return id;
}

/** Names as a resolver answers them: those of `metadata` with an address that is refused, others not at all. */
function answerNames(name: string, ...rest: unknown[]): void {
  const callback = rest.at(-1);
  if (typeof callback !== 'function') return;
  const answer = name.startsWith('metadata')
    ? [null, [{ address: '169.254.169.254', family: 4 }]]
    : [Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' })];
  Reflect.apply(callback, null, answer);
}

/** Sends everything that is due; gives the problems. */
async function sendDue(): Promise<(string | null)[]> {
  const due = await takeDueDeliveries([], 10);
  return Promise.all(due.map(sendDelivery));
}

async function announceAndSend(): Promise<(string | null)[]> {
  await announceUploads();
  return sendDue();
}

async function makeDue(): Promise<void> {
  await getDb().webhookDelivery.updateMany({
    where: { nextAttemptAt: { not: null } },
    data: { nextAttemptAt: new Date(Date.now() - 1_000) },
  });
}

async function deliveriesOf(webhookId: number) {
  return (await listDeliveries(ours.administrator, webhookId, firstPage)).items;
}

describe('a message', () => {
  test('tells what became of the upload, in words of the catalogue, signed', async () => {
    const { secret } = await add();
    const table = await createTestTable(ours.editor);
    const uploadId = await endUpload(
      {
        state: 'failed',
        error: { code: 'unknown-column', message: 'secret-value is no attribute.' },
        rowsRead: 7n,
        rowsAccepted: 5n,
        rowsRejected: 2n,
        rowsCreated: 3n,
        rowsChanged: 1n,
        startedAt: new Date(),
      },
      table.id,
    );
    expect(await announceAndSend()).toEqual([null]);
    const [message] = receiver.received;
    expect(message?.path).toBe('/hooks?key=receiver-secret');
    expect(message?.headers['content-type']).toBe('application/json');
    const verified = new Verifier(secret).verify(message?.body ?? '', {
      'webhook-id': String(message?.headers['webhook-id']),
      'webhook-timestamp': String(message?.headers['webhook-timestamp']),
      'webhook-signature': String(message?.headers['webhook-signature']),
    });
    expect(verified).toMatchObject({
      type: 'upload.failed',
      data: {
        upload: {
          id: uploadId,
          file_name: 'customers.csv',
          state: 'failed',
          rows_read: 7,
          rows_accepted: 5,
          rows_rejected: 2,
          rows_created: 3,
          rows_changed: 4,
          error_code: 'unknown-column',
          url: expect.stringMatching(new RegExp(`^http://.+/uploads/${uploadId}$`)) as unknown,
        },
        table: { id: table.id, name: table.table.name },
        service: { id: ours.serviceId },
      },
    });
    expect(message?.body).not.toContain('secret-value');
  });

  test('goes to whom it concerns and nobody else', async () => {
    const table = await createTestTable(ours.editor);
    const other = await createTestTable(ours.editor);
    const all = await add();
    const service = await add({ scope: { kind: 'service', id: ours.serviceId } });
    const same = await add({ scope: { kind: 'table', id: table.id } });
    await add({ scope: { kind: 'table', id: other.id } });
    await add({ events: ['upload.cancelled'] });
    await add({}, theirs);
    const paused = await add();
    await updateWebhook(ours.administrator, paused.id, { paused: true });
    await endUpload({ state: 'completed' }, table.id);
    await endUpload({ state: 'completed', checkOnly: true }, table.id);
    expect(await announceUploads()).toBe(2);
    const deliveries = await getDb().webhookDelivery.findMany({ orderBy: { webhookId: 'asc' } });
    expect(deliveries.map(({ webhookId }) => webhookId)).toEqual([all.id, service.id, same.id]);
    expect(new Set(deliveries.map(({ messageId }) => messageId)).size).toBe(1);
  });

  test('is made once for each end, however many workers look', async () => {
    const webhook = await add();
    const table = await createTestTable(ours.editor);
    const states = ['completed', 'completed_with_errors', 'failed', 'queued', 'processing'];
    for (const state of states) {
      const finishedAt = state.startsWith('q') || state.startsWith('p') ? null : new Date();
      await endUpload({ state, finishedAt }, table.id);
    }
    await Promise.all(Array.from({ length: 5 }, () => announceUploads()));
    expect(await announceUploads()).toBe(0);
    expect((await deliveriesOf(webhook.id)).map(({ event }) => event).sort()).toEqual([
      'upload.completed',
      'upload.completed_with_errors',
      'upload.failed',
    ]);
  });

  test('of a cancelled upload waits for the last counts; of what ended earlier there is none', async () => {
    const table = await createTestTable(ours.editor);
    await endUpload({ state: 'completed', finishedAt: new Date(Date.now() - 60_000) }, table.id);
    const webhook = await add();
    const id = await endUpload({ state: 'cancelled' }, table.id);
    await announceUploads();
    expect(await deliveriesOf(webhook.id)).toEqual([]);
    await getDb().webhook.updateMany({ data: { createdAt: new Date(Date.now() - 30_000) } });
    await getDb().upload.update({
      where: { id },
      data: { finishedAt: new Date(Date.now() - 3_000), rowsAccepted: 12n },
    });
    expect(await announceAndSend()).toEqual([null]);
    expect(receiver.received[0]?.body).toContain('"rows_accepted":12');
  });
});

describe('a try', () => {
  async function announceOne() {
    const webhook = await add();
    await endUpload({ state: 'completed' });
    await announceUploads();
    return webhook;
  }

  test('that fails is followed by others, with growing pauses for about a day, then given up', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const webhook = await announceOne();
    receiver.answer(500);
    const pauses: number[] = [];
    for (let tries = 1; tries <= 9; tries++) {
      expect(await sendDue()).toEqual(['The receiver answered 500.']);
      expect(await sendDue()).toEqual([]);
      const [delivery] = await deliveriesOf(webhook.id);
      expect(delivery).toMatchObject({
        attempts: tries,
        lastStatus: 500,
        lastError: 'The receiver answered 500.',
        state: tries < 9 ? 'waiting' : 'failed',
      });
      if (!delivery?.nextAttemptAt) break;
      pauses.push(Math.round((Date.parse(delivery.nextAttemptAt) - Date.now()) / 1000));
      await makeDue();
    }
    expect(pauses).toHaveLength(8);
    expect(pauses.every((pause, index) => index === 0 || pause >= (pauses[index - 1] ?? 0))).toBe(
      true,
    );
    const total = pauses.reduce((sum, pause) => sum + pause, 0);
    expect(total / 3600).toBeGreaterThan(20);
    expect(total / 3600).toBeLessThan(28);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(receiver.received).toHaveLength(9);
  });

  test('that comes through after others is the last', async () => {
    const webhook = await announceOne();
    receiver.answer(503);
    await sendDue();
    receiver.answer(200);
    await makeDue();
    expect(await sendDue()).toEqual([null]);
    expect(await deliveriesOf(webhook.id)).toMatchObject([
      { state: 'delivered', attempts: 2, lastStatus: 200, lastError: null, nextAttemptAt: null },
    ]);
  });

  test('is one worker’s; of one that was killed it is made again, and its late end changes nothing', async () => {
    const webhook = await announceOne();
    const taken = await Promise.all(Array.from({ length: 5 }, () => takeDueDeliveries([], 10)));
    const [first, ...others] = taken.flat();
    expect(others).toEqual([]);
    expect(await sendDue()).toEqual([]);
    await makeDue();
    expect(await sendDue()).toEqual([null]);
    receiver.answer(500);
    if (first) await sendDelivery(first);
    expect(await deliveriesOf(webhook.id)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  test('of one webhook at a time: a receiver that is slow keeps nobody else waiting', async () => {
    const [slow, quick] = [await add(), await add()];
    const table = await createTestTable(ours.editor);
    for (let index = 0; index < 3; index++) await endUpload({ state: 'completed' }, table.id);
    await announceUploads();
    const taken = await takeDueDeliveries([], 10);
    expect(taken.map(({ webhookId }) => webhookId).sort()).toEqual([slow.id, quick.id]);
    const next = await takeDueDeliveries([slow.id], 10);
    expect(next.map(({ webhookId }) => webhookId)).toEqual([quick.id]);
  });

  test('that is answered 410 pauses the webhook and says why', async () => {
    const webhook = await announceOne();
    receiver.answer(410);
    await sendDue();
    expect(await getWebhook(ours.administrator, webhook.id)).toMatchObject({
      paused: true,
      pauseReason: expect.stringContaining('410') as unknown,
      lastDelivery: { state: 'failed' },
    });
    const { actorKind } = await getDb().auditEntry.findFirstOrThrow({
      where: { action: 'webhook.paused', objectId: String(webhook.id) },
    });
    expect(actorKind).toBe('system');
    const resumed = await updateWebhook(ours.administrator, webhook.id, { paused: false });
    expect(resumed).toMatchObject({ paused: false, pauseReason: null });
  });

  test('follows no redirect', async () => {
    const webhook = await announceOne();
    receiver.answer(307, { location: receiver.url.replace('/hooks', '/elsewhere') });
    await sendDue();
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks?key=receiver-secret']);
    expect(await deliveriesOf(webhook.id)).toMatchObject([
      {
        state: 'waiting',
        lastStatus: 307,
        lastError: expect.stringContaining('redirect') as unknown,
      },
    ]);
  });

  test('has ten seconds', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const limit = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(50));
    await announceOne();
    receiver.answer('silent');
    expect(await sendDue()).toEqual(['No answer within 10 seconds.']);
    expect(limit).toHaveBeenCalledWith(10_000);
  });

  test.each([
    ['http://127.0.0.1:1/', 'Nothing answers at the address.'],
    ['http://nobody.invalid/', 'The receiver’s name cannot be found.'],
    ['http://metadata.invalid/', 'Messages are not sent to this address.'],
    ['http://169.254.169.254/latest/', 'Messages are not sent to this address.'],
  ])('at %s says why it got no answer', async (url, problem) => {
    await announceOne();
    vi.spyOn(dns, 'lookup').mockImplementation(answerNames);
    // As if it had been stored by an earlier version.
    await getDb().webhook.updateMany({ data: { url } });
    expect(await sendDue()).toEqual([expect.stringContaining(problem)]);
  });
});

describe('secrets', () => {
  test('are Standard Webhooks’ kind, shown once and encrypted', async () => {
    const { id, secret } = await add();
    expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    const stored = await getDb().webhook.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(stored)).not.toContain(secret.slice(6, 20));
    expect(await getWebhook(ours.administrator, id)).not.toHaveProperty('secret');
  });

  test('overlap for as long as is asked, and each signature stands for itself', async () => {
    const { id, secret: old } = await add();
    const { secret: current } = await rotateWebhookSecret(ours.administrator, id, {
      overlapHours: 24,
    });
    expect(await signers(old, current)).toEqual([true, true]);
    await getDb().webhook.update({ where: { id }, data: { previousSecretUntil: new Date() } });
    expect(await signers(old, current)).toEqual([false, true]);
    const { secret: last } = await rotateWebhookSecret(ours.administrator, id, { overlapHours: 0 });
    expect(await signers(current, last)).toEqual([false, true]);

    /** Which of the secrets the next message is signed with. */
    async function signers(...secrets: string[]): Promise<boolean[]> {
      await sendTestEvent(ours.administrator, id);
      expect(await sendDue()).toEqual([null]);
      const message = receiver.received.at(-1);
      return secrets.map((secret) => {
        try {
          new Verifier(secret).verify(
            message?.body ?? '',
            Object.fromEntries(
              Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]),
            ),
          );
          return true;
        } catch {
          return false;
        }
      });
    }
  });
});

describe('by hand', () => {
  test('a test event is tried once; a delivery is sent again with its id', async () => {
    const { id } = await add();
    receiver.answer(500);
    await sendTestEvent(ours.administrator, id);
    await sendDue();
    const [failed] = await deliveriesOf(id);
    expect(failed).toMatchObject({ event: 'webhook.test', state: 'failed', nextAttemptAt: null });
    receiver.answer(200);
    await sendAgain(ours.administrator, id, failed?.id ?? 0);
    const [waiting] = await deliveriesOf(id);
    await expect(sendAgain(ours.administrator, id, waiting?.id ?? 0)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await sendDue()).toEqual([null]);
    const [again, before] = receiver.received;
    expect(again?.headers['webhook-id']).toBe(before?.headers['webhook-id']);
    await updateWebhook(ours.administrator, id, { paused: true });
    await expect(sendTestEvent(ours.administrator, id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('only administrators of the account see webhooks', async () => {
    const { id } = await add();
    for (const actor of [ours.editor, ours.viewer]) {
      await expect(listWebhooks(actor)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(getWebhook(actor, id)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(sendTestEvent(actor, id)).rejects.toMatchObject({ code: 'forbidden' });
    }
    const stranger = theirs.administrator;
    expect(await listWebhooks(stranger)).toEqual([]);
    for (const attempt of [
      () => getWebhook(stranger, id),
      () => updateWebhook(stranger, id, { paused: true }),
      () => rotateWebhookSecret(stranger, id, { overlapHours: 0 }),
      () => listDeliveries(stranger, id, firstPage),
      () => sendTestEvent(stranger, id),
      () => deleteWebhook(stranger, id),
      () => add({ scope: { kind: 'service', id: ours.serviceId } }, theirs),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  test('addresses at which clouds keep secrets are refused; the audit trail knows origins alone', async () => {
    await expect(add({ url: 'http://169.254.169.254/latest/' })).rejects.toMatchObject({
      fields: { url: 'Messages are not sent to this address.' },
    });
    const { id } = await add();
    await rotateWebhookSecret(ours.administrator, id, { overlapHours: 1 });
    await sendTestEvent(ours.administrator, id);
    await deleteWebhook(ours.administrator, id);
    const entries = await getDb().auditEntry.findMany({
      where: { objectKind: 'webhook', objectId: String(id) },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action }) => action)).toEqual([
      'webhook.created',
      'webhook.secret_rotated',
      'webhook.tested',
      'webhook.deleted',
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/receiver-secret|whsec_|hooks\?/);
  });

  test('the account that is full, and deliveries that are old', async () => {
    const { id } = await add();
    await sendTestEvent(ours.administrator, id);
    expect(await sweepDeliveries(Date.now() + 29 * day)).toBe(0);
    expect(await sweepDeliveries(Date.now() + 31 * day)).toBe(1);
    const { accountId } = ours;
    const data = { accountId, url: receiver.url, events: [], secretEncrypted: '' };
    await getDb().webhook.createMany({ data: Array.from({ length: 49 }, () => data) });
    await expect(add()).rejects.toMatchObject({ code: 'conflict' });
  });
});
