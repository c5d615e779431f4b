import { expect, test } from 'vitest';
import type { ProfileResponse, ProfileValue } from '#lib/contracts/profiles.ts';
import { renderProfileJson } from './render-profile-json.ts';

const profile: Omit<ProfileResponse, 'values'> = {
  tableId: 678,
  tableName: 'CRM',
  customerId: 'c"1',
  found: true,
  updatedAt: null,
  source: null,
};

function value(name: string, datatype: ProfileValue['datatype'], text: string | null) {
  return { attributeId: 1, name, datatype, format: null, value: text } satisfies ProfileValue;
}

test('values keep every digit and quotes are escaped', () => {
  const json = renderProfileJson({
    ...profile,
    values: [
      value('visits', 'long', '42'),
      value('ltv', 'long', '9223372036854775807'),
      value('score', 'double', '1.7976931348623157e+308'),
      value('note', 'string', 'a "b"\n'),
      value('vip', 'bool', 'true'),
      {
        ...value('seen', 'datetime', '2022-05-02T10:10:59Z'),
        format: 'yyyy-mm-ddThh:mm:ssZ',
      },
    ],
  });
  expect(json).toBe(`{
  "datasourceId": "678",
  "customerId": "c\\"1",
  "data": {
    "visits": 42,
    "ltv": "9223372036854775807",
    "score": 1.7976931348623157e+308,
    "note": "a \\"b\\"\\n",
    "vip": true,
    "seen": "2022-05-02T10:10:59Z"
  }
}`);
  expect(() => void JSON.parse(json)).not.toThrow();
});

test('attributes without a value are left out', () => {
  const json = renderProfileJson({ ...profile, values: [value('ltv', 'long', null)] });
  expect(JSON.parse(json)).toEqual({ datasourceId: '678', customerId: 'c"1', data: {} });
});
