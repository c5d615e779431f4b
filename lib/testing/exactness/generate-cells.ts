import { valueTypes, type ValueType } from '#lib/core/datatypes/types.ts';

/** Between 0 and 1. */
export type Random = () => number;

/** Of each type several columns: one look-up compares many cells. */
const columnsOfType = 6;

/** @example typedColumns[0] // { name: 'string 0', type: 'string' } */
export const typedColumns: readonly { readonly name: string; readonly type: ValueType }[] =
  valueTypes.flatMap((type) =>
    Array.from({ length: columnsOfType }, (_, index) => ({ name: `${type} ${index}`, type })),
  );

export const typedHeader = ['customerId', ...typedColumns.map(({ name }) => name)].join(',');

const plain: Readonly<Record<ValueType, readonly string[]>> = {
  string: ['Paris', 'a, b', 'say "x"', 'two\nlines', 'é\u{1f600}', '', "'=1+1", 'cr\rlf\r\n'],
  bool: ['true', 'FALSE', 'tRuE'],
  long: ['0', '-5', '9223372036854775807', '-9223372036854775807', '007', '-0'],
  double: ['0.1', '-2e-3', '5e-324', '1.7976931348623157e308', '-0', '.5', '5.'],
  date: ['2024-02-29', '0001-01-01', '9999-12-31'],
  datetime: ['2022-05-02T10:10:59Z', '0001-01-01T00:00:00', '9999-12-31T23:59:59Z'],
  epoch: ['1651676123', '0', '9223372036854775807'],
};
const textUnits = Array.from('",\t\r\n \\.\'=NULL\u{1f469}\u200d\u{10ffff}\ufeff\u2028');

function chance(random: Random, share: number): boolean {
  return random() < share;
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}

function digits(random: Random, most: number): string {
  return Array.from({ length: below(random, most + 1) }, () => below(random, 10)).join('');
}

function padded(random: Random, limit: number, width: number): string {
  return String(below(random, limit)).padStart(width, '0');
}

function date(random: Random): string {
  return `${padded(random, 10_000, 4)}-${padded(random, 14, 2)}-${padded(random, 33, 2)}`;
}

/** Any double, by its bits. */
function anyDouble(random: Random): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setUint32(0, random() * 2 ** 32);
  bits.setUint32(4, random() * 2 ** 32);
  return String(bits.getFloat64(0));
}

/** Mostly values of the type near its edges, some of them beyond. */
const odd: Readonly<Record<ValueType, (random: Random) => string>> = {
  string: (random) =>
    Array.from({ length: below(random, 9) }, () =>
      chance(random, 0.5) ? pick(random, textUnits) : anyCharacter(random),
    ).join(''),
  bool: (random) => pick(random, ['t', '1', 'yes', 'True', 'false', 'FaLsE', 'true ']),
  long: (random) =>
    chance(random, 0.5)
      ? String((chance(random, 0.5) ? 1n : -1n) * (2n ** 63n + BigInt(below(random, 7)) - 3n))
      : `${chance(random, 0.3) ? '-' : ''}${digits(random, 22)}`,
  double: (random) =>
    pick(random, [
      () => anyDouble(random),
      () => `${digits(random, 20)}.${digits(random, 20)}`,
      () => `${chance(random, 0.5) ? '-' : ''}${random() * 100}e${below(random, 670) - 345}`,
      () => `0.${'0'.repeat(300 + below(random, 40))}${digits(random, 20)}`,
      () => pick(random, ['2.4703282292062327e-324', '2.4703282292062328e-324', '0e-999', '1e5']),
      () => pick(random, ['1.7976931348623158e308', '1.797693134862316e308', 'NaN', '0x1p3']),
    ])(),
  date,
  datetime: (random) =>
    `${date(random)}T${padded(random, 25, 2)}:${padded(random, 61, 2)}:${padded(random, 61, 2)}${pick(random, ['', 'Z'])}`,
  epoch: (random) => (chance(random, 0.9) ? digits(random, 20) : `-${digits(random, 3)}`),
};

/** Any character but a lone surrogate, which is no character. */
function anyCharacter(random: Random): string {
  const code = below(random, 0x11_0000);
  return code >= 0xd800 && code < 0xe000 ? 'x' : String.fromCodePoint(code);
}

/** One cell as it stands in a CSV file, written in one of the ways that people and programs write it. */
export function generateCell(random: Random, type: ValueType): string {
  if (chance(random, 0.1)) return '';
  const text = chance(random, 0.98) ? usual(random, type) : odd[type](random);
  const quoted = `"${text.replaceAll('"', '""')}"`;
  if (chance(random, 0.1)) return ` ${quoted} `;
  if (chance(random, 0.15) || /[",\r\n]/.test(text)) return quoted;
  return chance(random, 0.15) ? `  ${text} ` : text;
}

/** Rows with seven such cells are mostly good, so that most of them come to be compared. */
function usual(random: Random, type: ValueType): string {
  if (chance(random, 0.4)) return pick(random, plain[type]);
  switch (type) {
    case 'string':
      return odd.string(random).replaceAll('\0', '');
    case 'bool':
      return pick(random, ['true', 'false']);
    case 'long':
      return String(BigInt.asIntN(63, BigInt(Math.floor(random() * 2 ** 53)) * 3001n));
    case 'double': {
      const text = anyDouble(random);
      return /NaN|Infinity|\+/.test(text) ? String(random()) : text;
    }
    case 'date':
      return `${1 + below(random, 9_999)}`.padStart(4, '0') + pick(random, ['-02-28', '-12-31']);
    case 'datetime':
      return `${2000 + below(random, 99)}-0${1 + below(random, 9)}-1${below(random, 10)}T1${below(random, 10)}:5${below(random, 10)}:00Z`;
    case 'epoch':
      return String(below(random, 2 ** 40));
  }
}
