import { describe, expect, test } from 'vitest';
import type { UploadResponse } from '#lib/contracts/uploads.ts';
import { describeCancel, describeOutcome } from './outcome.ts';

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
