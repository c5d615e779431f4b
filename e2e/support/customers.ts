/** One column for every datatype, with a value that only an exact store gives back. */
export const columns = [
  { name: 'most_viewed_category', datatype: 'String / Text', value: 'Shoes, "men", 👟' },
  { name: 'is_member', datatype: 'Boolean', value: 'true' },
  { name: 'visits', datatype: 'Number (Long)', value: '9223372036854775807' },
  { name: 'LTV', datatype: 'Number (Double)', value: '1.7976931348623157e+308' },
  { name: 'member_since', datatype: 'Date (yyyy-mm-dd)', value: '2024-02-29' },
  { name: 'last_purchase', datatype: 'Date with Time', value: '2022-05-02T10:10:59Z' },
  { name: 'last_seen', datatype: 'Timestamp (epoch)', value: '1577836800' },
] as const;

export const header = ['customerId', ...columns.map(({ name }) => name)].join(',');

/** Header and Ada, who has the values above. */
export const adaCsv = `${header}\n${['ada-1', ...columns.map(({ value }) => quote(value))].join(',')}\n`;

/** The same and as many ordinary customers as are asked for, piece by piece. */
export function* customersCsv(rows: number): Generator<string> {
  let lines = adaCsv;
  for (let index = 0; index < rows; index++) {
    const day = String((index % 28) + 1).padStart(2, '0');
    lines += `c${index},category-${index % 40},${index % 3 === 0},${index},${index / 4},2023-01-${day},2024-05-${day}T08:00:00Z,${1_600_000_000 + index}\n`;
    if (lines.length < 1_000_000) continue;
    yield lines;
    lines = '';
  }
  yield lines;
}

function quote(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
