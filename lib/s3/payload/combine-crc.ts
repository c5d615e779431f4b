/** Reflected polynomials and widths of the CRCs that S3 can give for a whole multipart object. */
const polynomials = {
  CRC32: { width: 32n, polynomial: 0xedb88320n },
  CRC32C: { width: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { width: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
} as const;

export type CombinableAlgorithm = keyof typeof polynomials;

export function isCombinable(algorithm: string): algorithm is CombinableAlgorithm {
  return Object.hasOwn(polynomials, algorithm);
}

/** A matrix over GF(2): row n is what bit n of the vector contributes. */
type Matrix = readonly bigint[];

/**
 * The CRC of two byte sequences in a row, from the CRC of each and the length of the second: appending zero bytes is
 * a linear map of the CRC, whose powers are made by squaring (as in zlib's `crc32_combine`).
 *
 * @param secondBytes length of the second sequence
 */
export function combineCrc(options: {
  readonly algorithm: CombinableAlgorithm;
  readonly first: Buffer;
  readonly second: Buffer;
  readonly secondBytes: number;
}): Buffer {
  const { algorithm, first, second, secondBytes } = options;
  let crc = toBigInt(first);
  for (let bit = 0, rest = BigInt(secondBytes); rest > 0n; bit += 1, rest >>= 1n) {
    if (rest & 1n) crc = multiply(zeroBytes(algorithm, bit), crc);
  }
  const combined = (crc ^ toBigInt(second)).toString(16).padStart(first.length * 2, '0');
  return Buffer.from(combined, 'hex');
}

const powers: Record<CombinableAlgorithm, Matrix[]> = { CRC32: [], CRC32C: [], CRC64NVME: [] };

/** What 2^`power` zero bytes do to a CRC; made once, since an object may have thousands of parts. */
function zeroBytes(algorithm: CombinableAlgorithm, power: number): Matrix {
  const known = powers[algorithm];
  const matrix = known[power];
  if (matrix) return matrix;
  const made = power === 0 ? zeroByteMatrix(algorithm) : square(zeroBytes(algorithm, power - 1));
  known[power] = made;
  return made;
}

/** What a zero byte, eight zero bits, does to a CRC. */
function zeroByteMatrix(algorithm: CombinableAlgorithm): Matrix {
  const { width, polynomial } = polynomials[algorithm];
  const bits = Array.from({ length: Number(width) }, (_, bit) => BigInt(bit));
  const zeroBit = bits.map((bit) => (bit === 0n ? polynomial : 1n << (bit - 1n)));
  return square(square(square(zeroBit)));
}

function multiply(matrix: Matrix, vector: bigint): bigint {
  let product = 0n;
  for (const row of matrix) {
    if (vector & 1n) product ^= row;
    vector >>= 1n;
  }
  return product;
}

function square(matrix: Matrix): Matrix {
  return matrix.map((row) => multiply(matrix, row));
}

function toBigInt(digest: Buffer): bigint {
  return BigInt(`0x${digest.toString('hex')}`);
}
