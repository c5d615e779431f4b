import { describe, expect, it } from 'vitest';

import { rejectMessage, rejectTitles } from './reject-messages.ts';
import { rejectCodes, type Column } from './types.ts';

const columns: Column[] = [
  { kind: 'customer-id', name: 'customerId' },
  { kind: 'attribute', name: 'ltv', attributeId: 1, type: 'long' },
];

describe('rejectMessage', () => {
  it.each(rejectCodes)('%s is a whole sentence', (code) => {
    expect(rejectMessage({ code, column: 'ltv' }, columns)).toMatch(/^[A-Z].+\.$/);
    expect(rejectTitles[code]).not.toBe('');
  });

  it('says what the column wants', () => {
    expect(rejectMessage({ code: 'long-out-of-range', column: 'ltv' }, columns)).toContain(
      'from -9223372036854775807 to 9223372036854775807',
    );
    expect(rejectMessage({ code: 'too-few-cells', column: null }, columns)).toContain('has 2');
    expect(
      rejectMessage({ code: 'quote-never-closed', column: 'ltv', quoteLine: 7 }, columns),
    ).toContain('on line 7');
  });
});
