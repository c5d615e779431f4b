import { expect, test } from 'vitest';
import { RequestError } from '#lib/queries/fetch-json.ts';
import { Line, waitBetween } from './line.ts';
import { S3RequestError } from './s3-requests.ts';

const broken = new S3RequestError({ status: 0, code: null, message: 'broken' });

interface TestLine {
  readonly line: Line;
  readonly troubles: (string | null)[];
  /** Failures before each wait. */
  readonly waits: number[];
  readonly abort: AbortController;
}

function makeLine(now?: () => number): TestLine {
  const abort = new AbortController();
  const troubles: (string | null)[] = [];
  const waits: number[] = [];
  const line = new Line({
    signal: abort.signal,
    onTrouble: (trouble) => troubles.push(trouble),
    wait: (failures) => {
      waits.push(failures);
      return Promise.resolve();
    },
    ...(now ? { now } : {}),
  });
  return { line, troubles, waits, abort };
}

/** Fails with each of these, then answers. */
function failing(...failures: readonly Error[]): () => Promise<string> {
  const left = [...failures];
  return () => {
    const failure = left.shift();
    return failure ? Promise.reject(failure) : Promise.resolve('answer');
  };
}

test.each([
  broken,
  new S3RequestError({ status: 503, code: 'SlowDown', message: 'slow down' }),
  new S3RequestError({ status: 400, code: 'RequestTimeout', message: 'too slow' }),
  new S3RequestError({ status: 403, code: 'AccessDenied', message: 'Request has expired.' }),
  new RequestError({ status: 0, code: 'unreachable', message: 'web is down' }),
  new RequestError({ status: 502, code: 'unexpected-answer', message: 'starting' }),
])('$message: is tried again', async (failure) => {
  const { line, waits, troubles } = makeLine();
  expect(await line.run(failing(failure, failure))).toBe('answer');
  expect(waits).toEqual([1, 2]);
  expect(troubles).toEqual([failure.message, failure.message, null]);
});

test.each([
  new S3RequestError({ status: 403, code: 'AccessDenied', message: 'not yours' }),
  new S3RequestError({ status: 404, code: 'NoSuchUpload', message: 'swept' }),
  new RequestError({ status: 401, code: 'unauthenticated', message: 'signed out' }),
  new Error('a defect'),
])('$message: is final', async (failure) => {
  const { line, waits } = makeLine();
  await expect(line.run(failing(failure))).rejects.toBe(failure);
  expect(waits).toEqual([]);
});

test('one request that fails beside others is no trouble; all are', async () => {
  const { line, troubles } = makeLine();
  let release: (error: Error) => void = () => undefined;
  let tries = 0;
  const other = line.run(() => {
    tries += 1;
    if (tries > 1) return Promise.resolve('answer');
    return new Promise<string>((_, reject) => (release = reject));
  });
  const failures = failing(broken);
  await line.run(async () => {
    const answer = await failures();
    expect(troubles).toEqual([]);
    return answer;
  });
  release(broken);
  await other;
  expect(troubles).toEqual(['broken', null]);
});

test('gives up after ten minutes without a sign of life', async () => {
  let time = 0;
  const { line, waits } = makeLine(() => time);
  const attempt = () => {
    time += 4 * 60_000;
    return Promise.reject(broken);
  };
  await expect(line.run(attempt)).rejects.toBe(broken);
  expect(waits).toEqual([1, 2]);
});

test('ends at once when it is stopped', async () => {
  const { line, abort } = makeLine();
  abort.abort(new Error('stopped'));
  await expect(line.run(failing(broken))).rejects.toThrow('stopped');
});

test('waits grow to a quarter of a minute and are never quite the same', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((failures) => waitBetween(failures, 1))).toEqual([
    500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ]);
  expect(waitBetween(3, 0)).toBe(1000);
});
