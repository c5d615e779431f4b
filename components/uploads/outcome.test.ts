import { describe, expect, test } from 'vitest';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { describeCancel, describeCancelledBriefly, describeOutcome } from './outcome.ts';

const upload: UploadResponse = {
  id: 1,
  tableId: 678,
  tableName: 'CRM',
  sequence: 1,
  key: 'dcp/1/678/customers.csv',
  fileName: 'customers.csv',
  source: 's3',
  uploadedBy: 'AK',
  sizeBytes: 1_000,
  checkOnly: false,
  state: 'processing',
  rowsRead: 0,
  rowsReached: 0,
  rowsAccepted: 0,
  rowsRejected: 0,
  rowsChanged: 0,
  rowsCreated: 0,
  rowsUnchanged: null,
  bytesRead: 0,
  rowsPerSecond: null,
  secondsLeft: null,
  error: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  storedAtEnd: false,
  rejectsKept: 0,
  rejectGroups: [],
  warnings: [],
  sameContentAs: null,
};

test.each<[string, Partial<UploadResponse>, string]>([
  ['before it began', {}, 'Cancelled before a row was stored.'],
  [
    'beside its table',
    { rowsReached: 1_200, rowsRead: 3, rowsRejected: 3 },
    'Cancelled after 1,200 rows had been read. Nothing was stored.',
  ],
  [
    'half-way into its table',
    { rowsReached: 1_200, rowsRead: 800, rowsAccepted: 800 },
    'Cancelled after 1,200 rows had been read. 800 rows stay stored.',
  ],
  [
    'as a check',
    { checkOnly: true, rowsReached: 1 },
    'The check was cancelled after 1 row had been read. Nothing was stored.',
  ],
])('an upload that was cancelled %s', (_name, facts, words) => {
  expect(describeOutcome({ ...upload, state: 'cancelled', ...facts })).toBe(words);
});

test.each<[string | null, Partial<UploadResponse>]>([
  [null, {}],
  ['1,200 rows read, nothing stored', { rowsReached: 1_200, rowsRead: 3, rowsRejected: 3 }],
  ['800 of 1,200 rows read were stored', { rowsReached: 1_200, rowsRead: 800, rowsAccepted: 800 }],
  ['1 row read, nothing stored', { checkOnly: true, rowsReached: 1, rowsAccepted: 1 }],
])('in a list, beside the word Cancelled: %s', (words, facts) => {
  expect(describeCancelledBriefly({ ...upload, state: 'cancelled', ...facts })).toBe(words);
});

test('a check tells what it would create, change, leave and reject', () => {
  const counts = { rowsAccepted: 1_010, rowsRejected: 2, rowsCreated: 1_000, rowsChanged: 1 };
  const check: UploadResponse = { ...upload, checkOnly: true, state: 'completed_with_errors' };
  const begin =
    'Checked, nothing stored: 2 of 1,012 rows would be rejected. Storing the file would';
  expect(describeOutcome({ ...check, ...counts, rowsUnchanged: 5 })).toBe(
    `${begin} create 1,000 customers, change 1 and leave 5 as they are.`,
  );
  // Checked before unchanged customers were counted.
  expect(describeOutcome({ ...check, ...counts })).toBe(
    `${begin} create 1,000 customers and change 1.`,
  );
  expect(describeOutcome({ ...check, rowsAccepted: 3, rowsRejected: 2, rowsUnchanged: 3 })).toMatch(
    /Storing the file would change nothing\.$/,
  );
});

describe('before a cancel', () => {
  test.each<[string, Partial<UploadResponse>, RegExp]>([
    ['of a waiting file', { state: 'queued' }, /leaves the queue. Nothing of it is stored yet/],
    ['of a file loaded beside its table', { storedAtEnd: true }, /Nothing of the file is stored/],
    ['of a file that is merged', {}, /has stored by then stay stored/],
    ['of one that waits to go on', { state: 'queued', rowsReached: 9 }, /by then stay stored/],
    ['of a check', { checkOnly: true }, /Nothing of the file was or will be stored/],
  ])('%s', (_name, facts, words) => {
    expect(describeCancel({ ...upload, ...facts })).toMatch(words);
  });
});
