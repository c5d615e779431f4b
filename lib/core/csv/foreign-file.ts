import type { HeaderError } from './header.ts';

interface Signature {
  readonly bytes: readonly number[];
  readonly error: Pick<HeaderError, 'code' | 'message'>;
}

const utf16: Signature['error'] = {
  code: 'file-not-utf8',
  message: 'The file is UTF-16 text. Save it as "CSV UTF-8" and upload it again.',
};
const utf32: Signature['error'] = {
  code: 'file-not-utf8',
  message: 'The file is UTF-32 text. Save it as UTF-8 and upload it again.',
};

/** Longer signatures first: UTF-32's begins like UTF-16's. */
const signatures: readonly Signature[] = [
  { bytes: [0xff, 0xfe, 0x00, 0x00], error: utf32 },
  { bytes: [0xff, 0xfe], error: utf16 },
  { bytes: [0xfe, 0xff], error: utf16 },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    error: {
      code: 'file-not-csv',
      message:
        'The file is an Excel workbook or a ZIP archive. Save the sheet as "CSV UTF-8" and upload that.',
    },
  },
  {
    bytes: [0x1f, 0x8b],
    error: {
      code: 'file-not-csv',
      message: 'The file is compressed (gzip). Decompress it and upload the CSV file.',
    },
  },
];

/** Files that are surely no UTF-8 CSV, told by their first bytes; `null` for all others. */
export function refuseForeignFile(start: Uint8Array): HeaderError | null {
  const found = signatures.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte));
  return found ? { ...found.error, columns: [] } : null;
}
