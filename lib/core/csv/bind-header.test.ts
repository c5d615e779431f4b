import { describe, expect, it } from 'vitest';

import { bindHeader, type HeaderAttribute } from './bind-header.ts';
import { checkHeaderText } from './check-header.ts';

const attributes: HeaderAttribute[] = [
  { id: 1, name: 'most_viewed_category', type: 'string', isArchived: false },
  { id: 2, name: 'LTV', type: 'long', isArchived: false },
  { id: 3, name: 'last seen', type: 'date', isArchived: false },
  { id: 4, name: 'old score', type: 'double', isArchived: true },
];

function bind(...cells: string[]) {
  return bindHeader(cells, attributes, { tableName: 'CRM' });
}

describe('bindHeader', () => {
  it('binds columns in any order, and any subset', () => {
    expect(bind('LTV', 'CustomerID', 'last seen')).toEqual({
      ok: true,
      value: [
        { kind: 'attribute', name: 'LTV', attributeId: 2, type: 'long' },
        { kind: 'customer-id', name: 'CustomerID' },
        { kind: 'attribute', name: 'last seen', attributeId: 3, type: 'date' },
      ],
    });
  });

  it('ignores the error columns of a rejects file, unless such an attribute is registered', () => {
    const legacy: HeaderAttribute = {
      id: 9,
      name: 'error_code',
      type: 'string',
      isArchived: false,
    };
    const cells = ['customerId', 'error_line', 'error_code'];
    expect(bindHeader(cells, [legacy], { tableName: 'CRM' })).toMatchObject({
      ok: true,
      value: [{}, { kind: 'ignored' }, { kind: 'attribute', attributeId: 9 }],
    });
  });

  it.each([
    [
      ['LTV'],
      'header-no-customer-id',
      'No column is named customerId. Add one with the customer ID of each row.',
    ],
    [
      ['customerId;LTV'],
      'header-wrong-delimiter',
      'The columns are separated by ";". Separate them by commas or tabs.',
    ],
    [
      ['customerId', 'ltv'],
      'header-unknown-column',
      'Table "CRM" has no attribute "ltv" (did you mean "LTV"?).',
    ],
    [
      ['customerId', 'most_veiwed_category', 'zip'],
      'header-unknown-column',
      'Table "CRM" has no attributes "most_veiwed_category" (did you mean "most_viewed_category"?) and "zip".',
    ],
    [
      ['customer_id', 'LTV'],
      'header-no-customer-id',
      'Table "CRM" has no attribute "customer_id" (did you mean "customerId"?).',
    ],
    [
      ['customerId', 'LTV', 'LTV'],
      'header-duplicate-column',
      'Column "LTV" stands in the header more than once.',
    ],
    [
      ['customerId', 'CUSTOMERID'],
      'header-duplicate-column',
      'Column "CUSTOMERID" stands in the header more than once.',
    ],
    [
      ['customerId', 'old score'],
      'header-archived-attribute',
      'Attribute "old score" of table "CRM" is archived. Restore it or leave it out of the file.',
    ],
    [
      ['customerId', 'LTV', ''],
      'header-empty-column',
      'Column 3, the last one, has no name: the header line ends with a delimiter. Remove it.',
    ],
    [['customerId', '', '', 'LTV'], 'header-empty-column', 'Columns 2 and 3 have no name.'],
  ])('%j is refused', (cells, code, sentence) => {
    const bound = bind(...cells);
    expect(bound).toMatchObject({ ok: false, error: { code } });
    expect(bound.ok ? '' : bound.error.message).toContain(sentence);
  });

  it('names everything at fault at once', () => {
    const bound = bind('LTV', 'LTV', 'old score', 'foo', '');
    expect(bound).toMatchObject({
      ok: false,
      error: { code: 'header-no-customer-id', columns: ['LTV', 'old score', 'foo'] },
    });
    const message = bound.ok ? '' : bound.error.message;
    for (const part of ['customerId', '"LTV" stands', 'archived', '"foo"', 'Column 5']) {
      expect(message).toContain(part);
    }
  });

  it('does not drown people in names', () => {
    const bound = bind(
      'customerId',
      ...Array.from({ length: 50 }, (_, index) => `column-${index}`),
    );
    expect(bound.ok ? '' : bound.error.message).toContain('"column-9" and 40 more');
  });
});

describe('checkHeaderText', () => {
  it('reads and binds as the upload will', () => {
    const options = { fileName: 'a.csv', attributes, tableName: 'CRM' };
    expect(checkHeaderText('customerId,LTV\nc1,5', options)).toMatchObject({ ok: true });
    expect(checkHeaderText('', options)).toMatchObject({ error: { code: 'file-empty' } });
    expect(checkHeaderText('customerId,x', options)).toMatchObject({
      error: { code: 'header-unknown-column' },
    });
  });
});
