import { describe, expect, it } from 'vitest';

import { CarriedRow } from './carried-row.ts';

describe('CarriedRow', () => {
  it('gathers what chunks cut, as memory of its own', () => {
    const carried = new CarriedRow(100);
    const chunk = Buffer.from('abc');
    carried.append(chunk);
    chunk.fill('x');
    carried.append(Buffer.from('def'));
    expect(carried.byteLength).toBe(6);
    expect(carried.take().toString()).toBe('abcdef');
    expect(carried.isEmpty).toBe(true);
  });

  it('keeps the beginning of an endless row and counts the rest', () => {
    const carried = new CarriedRow(10_000);
    for (let index = 0; index < 1000; index++) carried.append(Buffer.alloc(999, 'a'));
    expect(carried.byteLength).toBe(999_000);
    const kept = carried.take();
    expect(kept.length).toBe(10_000);
    expect(kept.buffer.byteLength).toBe(10_000);
  });

  it('hands out memory that it does not write to again', () => {
    const carried = new CarriedRow(100);
    carried.append(Buffer.from('first'));
    const first = carried.take();
    carried.append(Buffer.from('other'));
    expect(first.toString()).toBe('first');
  });
});
