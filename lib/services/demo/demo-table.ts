import type { CreateAttributeRequest } from '#lib/contracts/attributes.ts';
import type { CreateTableRequest } from '#lib/contracts/tables.ts';
import type { Random } from './random.ts';

/** A table of the demo with the files that fill it. */
export interface DemoTable {
  readonly table: CreateTableRequest;
  readonly attributes: readonly CreateAttributeRequest[];
  readonly files: readonly DemoFile[];
}

export interface DemoFile {
  readonly name: string;
  readonly rows: number;
  /** Header names, `customerId` included. */
  readonly columns: readonly string[];
  /** Cells of the row with this number, in the order of `columns`; null leaves a cell empty. */
  readonly row: (random: Random, number: number) => readonly (string | null)[];
}

/** Day on which the demo plays; fixed, so that its files never change. */
const today = Date.UTC(2026, 10, 20);
const day = 86_400_000;

/** @example dateOf(daysAgo(random, 365)) // '2026-03-02' */
export function daysAgo(random: Random, most: number): number {
  return today - Math.floor(random.next() * most * day);
}

export function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function datetimeOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

export function epochOf(time: number): string {
  return String(Math.floor(time / 1000));
}

/** An opaque ID, like the hashes that real systems send: the same number gives the same ID. */
export function opaqueId(prefix: string, number: number): string {
  const mixed = Math.imul(number ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  return `${prefix}${mixed.toString(16).padStart(8, '0')}${number.toString(36).padStart(4, '0')}`;
}
