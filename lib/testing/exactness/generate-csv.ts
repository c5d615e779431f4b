import type { Delimiter } from '#lib/core/csv/types.ts';
import type { Random } from './generate-cells.ts';

/** A file of strings, and how it comes in. */
export interface GeneratedCsv {
  /** Without its line end. */
  readonly header: string;
  readonly lineEnd: string;
  readonly body: Buffer;
  readonly delimiter: Delimiter;
  /** Of the attributes. */
  readonly names: readonly string[];
  /** Lengths of the chunks after the header; one chunk when left out. */
  readonly chunks?: readonly number[];
}

const lineEnds = ['\n', '\r\n', '\r'] as const;
const mostAttributes = 4;
/** Rows of as many cells as the header has, now and then of another number. */
const rowsPerFile = 60;

const texts = [
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  'a',
  'é',
  '\u{1f600}',
  "'",
  '\\.',
  ';',
  ',',
  '\t',
  ' ',
];
/** Bytes that no text has: NUL, and what is not UTF-8. */
const brokenBytes = [[0x00], [0xe4], [0xc0, 0xaf], [0xed, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80]];

/** A file as programs write it, or anything at all. */
export function generateCsv(random: Random): GeneratedCsv {
  const pick = <Item>(items: readonly [Item, ...Item[]]) =>
    items[Math.floor(random() * items.length)] ?? items[0];
  const below = (limit: number) => Math.floor(random() * limit);
  const names = Array.from({ length: below(mostAttributes + 1) }, (_, index) => `a${index}`);
  const columns = names.toSpliced(below(names.length + 1), 0, 'customerId');
  const delimiter = pick<Delimiter>([',', ',', '\t']);
  return {
    header: columns.join(delimiter),
    lineEnd: pick(lineEnds),
    body: generateBody(random, columns.length, delimiter),
    delimiter,
    names,
    ...(random() < 0.5
      ? { chunks: Array.from({ length: 1 + below(8) }, () => 1 + below(below(4) === 0 ? 400 : 40)) }
      : {}),
  };
}

function generateBody(random: Random, columns: number, delimiter: string): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  // Each of these spoils rows, or has the whole file read in another way, so most files have none.
  const brokenShare = random() < 0.2 ? 0.02 : 0;
  const isPadded = random() < 0.25;
  const piece = () =>
    random() < brokenShare
      ? Buffer.from(brokenBytes[below(brokenBytes.length)] ?? [0]).toString('latin1')
      : Buffer.from(texts[below(texts.length)] ?? '').toString('latin1');
  const text = (most: number) => Array.from({ length: below(most + 1) }, piece).join('');
  if (random() < 0.1) return Buffer.from(text(40), 'latin1');
  const fileEnd = lineEnds[below(lineEnds.length)] ?? '\n';
  const isMixed = random() < 0.2;
  const lineEnd = () => (isMixed ? (lineEnds[below(lineEnds.length)] ?? '\n') : fileEnd);
  // In a file of tabs, a tab is a delimiter wherever it stands outside quotes.
  const blanks = delimiter === '\t' ? [' ', '  '] : [' ', '  ', '\t', ' \t'];
  const padding = () => (isPadded && random() < 0.3 ? (blanks[below(blanks.length)] ?? '') : '');
  const cell = () => {
    const content = text(6);
    const mustQuote = /[",\t\r\n]/.test(content) || random() < 0.2;
    if (!mustQuote) return content;
    return `${padding()}"${content.replaceAll('"', '""')}"${padding()}`;
  };
  const row = () => {
    const count = random() < 0.97 ? columns : 1 + below(columns + 2);
    return Array.from({ length: count }, cell).join(delimiter) + lineEnd();
  };
  const body = Array.from({ length: below(rowsPerFile) }, row).join('');
  // The last line needs no end.
  return Buffer.from(random() < 0.3 ? body.replace(/[\r\n]+$/, '') : body, 'latin1');
}
