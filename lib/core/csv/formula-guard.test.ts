import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { guardFormula, startOfUnguarded, unguardFormula } from './formula-guard.ts';

const text = fc.string({
  unit: fc.constantFrom(...Array.from('\'=+-@\t\r1.5eEx \n"')),
  maxLength: 6,
});

describe('formula guard', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+x', "'+x"],
    ['-x', "'-x"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ["'=1", "''=1"],
    ['-2.5', '-2.5'],
    ['+5', '+5'],
    ['-1e3', '-1e3'],
    ['-1-1', "'-1-1"],
    ["'x", "'x"],
    ['x=1', 'x=1'],
    ['', ''],
  ])('%j becomes %j, and comes back', (plain, guarded) => {
    expect(guardFormula(plain)).toBe(guarded);
    expect(unguardFormula(guarded)).toBe(plain);
  });

  it('comes back for every text, so no two texts share a guarded form', () => {
    fc.assert(
      fc.property(text, (plain) => {
        expect(unguardFormula(guardFormula(plain))).toBe(plain);
      }),
      { numRuns: 20_000 },
    );
  });

  it('leaves nothing that a spreadsheet would run', () => {
    fc.assert(
      fc.property(text, (plain) => {
        const guarded = guardFormula(plain);
        expect(/^[=+\-@\t\r]/.test(guarded) && Number.isNaN(Number(guarded))).toBe(false);
      }),
      { numRuns: 20_000 },
    );
  });

  it('is undone in bytes as in texts', () => {
    fc.assert(
      fc.property(text, (guarded) => {
        const bytes = Buffer.from(`x${guarded}=`);
        const start = startOfUnguarded(bytes, 1, bytes.length - 1);
        expect(bytes.toString('utf8', start, bytes.length - 1)).toBe(unguardFormula(guarded));
      }),
      { numRuns: 20_000 },
    );
  });
});
