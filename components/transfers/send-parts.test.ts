import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planParts, sizeOf, type FilePart } from './plan-parts.ts';
import { sendParts, type SendPartsOptions, type TransferProgress } from './send-parts.ts';

const mebibyte = 1024 ** 2;

interface Sending {
  readonly sent: number[];
  readonly progress: TransferProgress[];
  readonly mostAtOnce: () => number;
  readonly options: SendPartsOptions;
}

/** Parts whose ETag is their number; each takes a few turns of the event loop, as `turns` says. */
function makeSending(
  parts: readonly FilePart[],
  overrides: Partial<SendPartsOptions> & { readonly turns?: readonly number[] } = {},
): Sending {
  const sent: number[] = [];
  const progress: TransferProgress[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const { turns = [1], ...rest } = overrides;
  const options: SendPartsOptions = {
    parts,
    arrived: [],
    signal: new AbortController().signal,
    sendPart: async ({ part, onSent }) => {
      sent.push(part.number);
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      onSent(Math.floor(sizeOf(part) / 2));
      for (let turn = turns[part.number % turns.length] ?? 1; turn > 0; turn--)
        await Promise.resolve();
      onSent(sizeOf(part));
      atOnce--;
      return String(part.number);
    },
    onProgress: (step) => progress.push(step),
    ...rest,
  };
  return { sent, progress, mostAtOnce: () => mostAtOnce, options };
}

test('sends what has not arrived, four at a time, and knows every ETag in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 300 * mebibyte }),
      fc.array(fc.integer({ min: 1, max: 40 })),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 7 }),
      async (sizeBytes, numbers, turns) => {
        const parts = planParts(sizeBytes);
        const arrived = parts
          .filter(({ number }) => numbers.includes(number))
          .map((part) => ({
            number: part.number,
            etag: `had ${part.number}`,
            sizeBytes: sizeOf(part),
          }));
        const had = new Set(arrived.map(({ number }) => number));
        const { sent, progress, mostAtOnce, options } = makeSending(parts, { arrived, turns });
        const etags = await sendParts(options);
        expect(sent.toSorted((a, b) => a - b)).toEqual(
          parts.map(({ number }) => number).filter((number) => !had.has(number)),
        );
        expect(etags).toEqual(
          parts.map(({ number }) => (had.has(number) ? `had ${number}` : String(number))),
        );
        expect(mostAtOnce()).toBeLessThanOrEqual(4);
        expect(progress.at(-1)).toEqual({ sentBytes: sizeBytes, arrivedBytes: sizeBytes });
        for (const { sentBytes, arrivedBytes } of progress) {
          expect(arrivedBytes).toBeLessThanOrEqual(sentBytes);
          expect(sentBytes).toBeLessThanOrEqual(sizeBytes);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('sends a part again that arrived with another size', async () => {
  const parts = planParts(20 * mebibyte);
  const arrived = [
    { number: 1, etag: 'had', sizeBytes: 8 * mebibyte },
    { number: 2, etag: 'had', sizeBytes: 5 * mebibyte },
    { number: 9, etag: 'had', sizeBytes: 8 * mebibyte },
  ];
  const { sent, options } = makeSending(parts, { arrived });
  expect(await sendParts(options)).toEqual(['had', '2', '3']);
  expect(sent).toEqual([2, 3]);
});

test('a part that cannot be sent stops the others', async () => {
  const failure = new Error('no');
  const stopped: number[] = [];
  const { options } = makeSending(planParts(40 * mebibyte), {
    sendPart: ({ part, signal }) =>
      part.number === 2
        ? Promise.reject(failure)
        : new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              stopped.push(part.number);
              reject(new Error('stopped'));
            });
          }),
  });
  await expect(sendParts(options)).rejects.toBe(failure);
  expect(stopped).toEqual([1, 3, 4]);
});
