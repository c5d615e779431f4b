import { Readable } from 'node:stream';
import { encodeRow } from '../../core/csv/encode.ts';
import type { DemoFile } from './demo-table.ts';
import { Random } from './random.ts';

const rowsPerChunk = 1_000;

/** The file's bytes, made while they are read. */
export function streamDemoFile(file: DemoFile): Readable {
  return Readable.from(generate(file), { objectMode: false });
}

function* generate(file: DemoFile): Generator<Buffer> {
  const random = new Random(seedOf(file.name));
  let lines = [encodeRow(file.columns)];
  for (let number = 0; number < file.rows; number++) {
    lines.push(encodeRow(file.row(random, number)));
    if (lines.length < rowsPerChunk) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  yield Buffer.from(lines.join(''));
}

function seedOf(name: string): number {
  return Array.from(name).reduce((seed, letter) => Math.imul(seed, 31) + letter.charCodeAt(0), 7);
}
