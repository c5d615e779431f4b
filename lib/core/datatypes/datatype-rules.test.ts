import { describe, expect, it } from 'vitest';

import { checkCell } from './check-cell.ts';
import { datatypeRules } from './datatype-rules.ts';
import { valueTypes } from './types.ts';

describe('datatypeRules', () => {
  const unquote = (cell: string) => Buffer.from(cell.replace(/^"(.*)"$/s, '$1'));

  it.each(valueTypes.filter((type) => type !== 'string'))('%s: the examples are true', (type) => {
    const rule = datatypeRules[type];
    const check = (cell: Buffer) => checkCell(type, cell, 0, cell.length);
    for (const { cell } of rule.valid) expect(check(unquote(cell)), cell).toBeNull();
    for (const { cell } of rule.invalid) expect(check(unquote(cell)), cell).not.toBeNull();
    expect(check(Buffer.from(rule.example))).toBeNull();
  });
});
