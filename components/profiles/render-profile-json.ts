import type { ProfileResponse } from '#lib/contracts/profiles.ts';
import { formatJsonValue } from '#lib/core/datatypes/format-json-value.ts';
import { valueTypeOf } from '#lib/core/datatypes/types.ts';

/**
 * The profile as the REST API writes it, indented for people. Written as text, because `JSON.stringify`
 * would round longs and doubles; attributes without a value are left out.
 */
export function renderProfileJson({ tableId, customerId, values }: ProfileResponse): string {
  const data = values.flatMap(({ name, datatype, format, value }) =>
    value === null
      ? []
      : [`    ${JSON.stringify(name)}: ${formatJsonValue(valueTypeOf(datatype, format), value)}`],
  );
  return [
    '{',
    `  "datasourceId": "${tableId}",`,
    `  "customerId": ${JSON.stringify(customerId)},`,
    data.length === 0 ? '  "data": {}' : `  "data": {\n${data.join(',\n')}\n  }`,
    '}',
  ].join('\n');
}
