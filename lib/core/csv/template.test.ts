import { describe, expect, it } from 'vitest';

import { valueTypes } from '../datatypes/types.ts';
import { attributesOf, scanFile } from './scan-file.fixture.ts';
import { exampleTemplate, headerTemplate, templateFileName } from './template.ts';

const attributes = attributesOf({
  ...Object.fromEntries(valueTypes.map((type) => [`my ${type}`, type] as const)),
  'a,b "c"': 'string',
});

describe('templates', () => {
  it('name the customer ID and every attribute, correctly quoted', () => {
    expect(headerTemplate(attributes)).toBe(
      'customerId,my string,my bool,my long,my double,my date,my datetime,my epoch,"a,b ""c"""\n',
    );
  });

  it('the example row is accepted as it is', () => {
    const scanned = scanFile(exampleTemplate(attributes), { attributes });
    expect(scanned.rejects).toEqual([]);
    expect(scanned.accepted.toString()).toBe(
      'example-customer-1,"Paris, France",true,42,1250.75,2024-02-29,2022-05-02T10:10:59Z,1651676123,"Paris, France"\n',
    );
  });

  it('the header alone is a file without rows', () => {
    expect(scanFile(headerTemplate(attributes), { attributes }).acceptedRows).toBe(0);
  });

  it.each([
    ['CRM', 'CRM-template.csv'],
    ['My Data / Warehouse!', 'My-Data-Warehouse-template.csv'],
    ['../..', 'table-template.csv'],
    ['Kunden größe', 'Kunden-größe-template.csv'],
  ])('file name of %j', (table, fileName) => {
    expect(templateFileName(table)).toBe(fileName);
  });
});
