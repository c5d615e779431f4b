import { beforeAll, expect, test } from 'vitest';
import { foldCase } from '#lib/core/audience/fold-case.ts';
import { getPool } from '#lib/db/pool.ts';
import { useTestDatabase } from '#lib/testing/database.ts';
import { prepareStore } from '../prepare.ts';
import { foldCaseFunction } from './fold-case.ts';

/** Letters of Unicode 17, which Node knows and PostgreSQL 18 does not yet. */
const newLetters = /[\uA7CE\uA7D2\uA7D4\u{16EA0}-\u{16EB8}]/u;

useTestDatabase();
beforeAll(() => prepareStore(getPool()));

test('every letter folds to the same in memory and in PostgreSQL', async () => {
  const { rows } = await getPool().query<{ code: number; folded: string }>(
    `SELECT code, ${foldCaseFunction}(chr(code)) AS folded FROM generate_series(1, 1114111) AS code
     WHERE code NOT BETWEEN 55296 AND 57343 AND ${foldCaseFunction}(chr(code)) <> chr(code)`,
  );
  const inDatabase = new Map(rows.map(({ code, folded }) => [code, folded]));
  const inMemory = new Map<number, string>();
  for (let code = 1; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const character = String.fromCodePoint(code);
    const folded = foldCase(character);
    if (folded !== character) inMemory.set(code, folded);
  }
  const differing = [...new Set([...inMemory.keys(), ...inDatabase.keys()])].filter(
    (code) => inMemory.get(code) !== inDatabase.get(code),
  );
  const unexpected = differing.filter((code) => !newLetters.test(String.fromCodePoint(code)));
  expect(unexpected.map((code) => code.toString(16))).toEqual([]);
  expect(inMemory.size).toBeGreaterThan(1_300);
});
