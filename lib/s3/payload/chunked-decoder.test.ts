import { describe, expect, test } from 'vitest';
import { chunkedBody } from '../testing/chunked-body.ts';
import { signRequest, type Signature } from '../testing/raw-client.ts';
import { owner } from '../testing/test-server.ts';
import { ChunkSigner } from './chunk-signer.ts';
import { ChunkedDecoder } from './chunked-decoder.ts';

const signature: Signature = signRequest({ port: 9000 }, { method: 'PUT', target: '/b/k' });
const name = 'x-amz-checksum-crc32';
const trailer = { name, value: 'y/Q5Jg==' };
const chunks = ['customerId,', 'plan\n', 'c1,gold\n'].map((text) => Buffer.from(text));
const payload = Buffer.concat(chunks);

interface Mode {
  readonly signature: Signature | null;
  readonly trailer?: typeof trailer;
  readonly isMinioStyle?: boolean;
}

const modes: readonly (readonly [string, Mode])[] = [
  ['signed chunks', { signature }],
  ['signed chunks and trailer', { signature, trailer }],
  ['signed chunks and trailer as minio-go writes it', { signature, trailer, isMinioStyle: true }],
  ['unsigned chunks and trailer', { signature: null, trailer }],
  ['unsigned, with a bare line feed', { signature: null, trailer, isMinioStyle: true }],
];

function decode(
  mode: Mode,
  body: Buffer,
  { pieceBytes = body.length, decodedLength = payload.length } = {},
) {
  const decoder = new ChunkedDecoder({
    signer: mode.signature && signerFor(mode.signature),
    trailers: mode.trailer ? [name] : null,
    decodedLength,
  });
  const decoded: Buffer[] = [];
  for (let start = 0; start < body.length; start += pieceBytes) {
    decoded.push(...decoder.decode(body.subarray(start, start + pieceBytes)));
  }
  return { trailers: decoder.finish(), decoded: Buffer.concat(decoded) };
}

function signerFor({ key, dateTime, signature: seed, scope }: Signature): ChunkSigner {
  const [date = '', region = ''] = scope.split('/');
  return new ChunkSigner({
    credential: owner,
    signingKey: key,
    claim: {
      kind: 'header',
      accessKeyId: owner.accessKeyId,
      scope: { date, region },
      signedHeaders: [],
      signature: seed,
      dateTime,
      signedAt: new Date(),
      expiresSeconds: null,
      payloadHash: '',
    },
  });
}

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'accepted';
}

describe.each(modes)('%s', (_, mode) => {
  const body = chunkedBody({ ...mode, chunks });

  test.each([body.length, 1, 2, 7, 64])('in pieces of %d bytes', (pieceBytes) => {
    const { decoded, trailers } = decode(mode, body, { pieceBytes });
    expect(decoded.toString()).toBe(payload.toString());
    expect(trailers.get(name)).toBe(mode.trailer?.value);
  });

  test('an empty payload', () => {
    const empty = chunkedBody({ ...mode, chunks: [] });
    expect(decode(mode, empty, { decodedLength: 0 }).decoded).toHaveLength(0);
  });

  test('is refused when cut anywhere, whatever the number of bytes', () => {
    const optional = mode.isMinioStyle && !mode.signature ? 2 : 0;
    for (let length = 0; length < body.length - optional; length += 1) {
      const refusal = code(() => decode(mode, body.subarray(0, length)));
      expect(['IncompleteBody', 'MalformedTrailerError'], `${length} bytes`).toContain(refusal);
    }
  });

  test('is refused with data behind its end', () => {
    const longer = Buffer.concat([body, Buffer.from('x')]);
    expect(code(() => decode(mode, longer))).toBe('IncompleteBody');
  });

  test('is refused when the announced length is another', () => {
    for (const change of [-1, 1]) {
      const decodedLength = payload.length + change;
      expect(code(() => decode(mode, body, { decodedLength }))).toBe('IncompleteBody');
    }
  });
});

describe('signatures', () => {
  test.each(modes.filter(([, mode]) => mode.signature))(
    '%s: every altered byte is noticed',
    (_, mode) => {
      const body = chunkedBody({ ...mode, chunks });
      for (let index = 0; index < body.length; index += 1) {
        const altered = Buffer.from(body);
        altered.writeUInt8(altered.readUInt8(index) ^ 1, index);
        expect(
          code(() => decode(mode, altered)),
          `byte ${index}`,
        ).not.toBe('accepted');
      }
    },
  );

  test('chunks in another order', () => {
    const equal = [Buffer.from('aaaa'), Buffer.from('bbbb')];
    const body = chunkedBody({ signature, chunks: equal }).toString('latin1');
    const frame = body.indexOf('\r\n', body.indexOf('aaaa')) + 2;
    const swapped = body.slice(frame, 2 * frame) + body.slice(0, frame) + body.slice(2 * frame);
    expect(
      code(() => decode({ signature }, Buffer.from(swapped, 'latin1'), { decodedLength: 8 })),
    ).toBe('SignatureDoesNotMatch');
  });
});

describe('framing', () => {
  const unsigned: Mode = { signature: null, trailer };
  const refusalOf = (body: string, decodedLength = 3) =>
    code(() => decode(unsigned, Buffer.from(body), { decodedLength }));

  test.each([
    ['a size that is no number', 'x\r\nabc\r\n0\r\n', 'IncompleteBody'],
    ['a negative size', '-3\r\nabc\r\n0\r\n', 'IncompleteBody'],
    ['a bare line feed behind the size', '3\nabc\r\n0\r\n', 'IncompleteBody'],
    ['no line end behind the data', '3\r\nabc0\r\n', 'IncompleteBody'],
    ['a size of 17 digits', '00000000000000003\r\nabc\r\n', 'IncompleteBody'],
    ['an endless size line', `3;${'x'.repeat(2000)}`, 'IncompleteBody'],
    [
      'a signature in the unsigned mode',
      `3;chunk-signature=${'0'.repeat(64)}\r\n`,
      'IncompleteBody',
    ],
    ['no trailer', '3\r\nabc\r\n0\r\n\r\n', 'MalformedTrailerError'],
    ['another trailer', '3\r\nabc\r\n0\r\nx-amz-checksum-sha1:x\r\n\r\n', 'MalformedTrailerError'],
    ['a trailer without a colon', `3\r\nabc\r\n0\r\n${name}\r\n\r\n`, 'MalformedTrailerError'],
    ['a trailer twice', `3\r\nabc\r\n0\r\n${name}:a\r\n${name}:a\r\n\r\n`, 'MalformedTrailerError'],
    ['an endless trailer', `3\r\nabc\r\n0\r\n${name}:${'x'.repeat(2000)}`, 'MalformedTrailerError'],
    [
      'a trailer signature in the unsigned mode',
      `3\r\nabc\r\n0\r\n${name}:a\r\nx-amz-trailer-signature:00\r\n\r\n`,
      'MalformedTrailerError',
    ],
  ])('%s', (_, body, expected) => {
    expect(refusalOf(body)).toBe(expected);
  });

  test('a signed body without the signature of its trailer', () => {
    const body = chunkedBody({ signature, chunks, trailer }).toString('latin1');
    const without = body.replace(/x-amz-trailer-signature:\w+\r\n/, '');
    expect(code(() => decode({ signature, trailer }, Buffer.from(without, 'latin1')))).toBe(
      'MalformedTrailerError',
    );
  });

  test('a flood of tiny chunks', () => {
    const count = 500_000;
    const body = `${'1\r\na\r\n'.repeat(count)}0\r\n${name}:${trailer.value}\r\n\r\n`;
    expect(refusalOf(body, count)).toBe('InvalidRequest');
  });
});
