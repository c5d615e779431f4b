import { formatDatetime } from '../datatypes/format-json-value.ts';
import type { ValueType } from '../datatypes/types.ts';

/** A place on a scale: exact whole numbers for all but doubles. */
export type ScalePoint = bigint | number;

/** How the values of an ordered datatype lie on a line. */
export interface ValueScale {
  /** @param text as PostgreSQL prints it. */
  readonly toPoint: (text: string) => ScalePoint;
  /** Back to the text that people and rules use. */
  readonly toText: (point: ScalePoint) => string;
}

const DAY = 86_400_000;

const wholeNumbers: ValueScale = { toPoint: BigInt, toText: String };

const scales: Partial<Record<ValueType, ValueScale>> = {
  long: wholeNumbers,
  epoch: wholeNumbers,
  double: { toPoint: Number, toText: String },
  date: {
    toPoint: (text) => BigInt(Date.parse(text) / DAY),
    toText: (point) => toIso(Number(point) * DAY).slice(0, 10),
  },
  datetime: {
    toPoint: (text) => BigInt(Date.parse(formatDatetime(text)) / 1000),
    toText: (point) => `${toIso(Number(point) * 1000).slice(0, 19)}Z`,
  },
};

/**
 * `undefined` for datatypes without an order that says anything: texts and yes or no.
 *
 * @example scaleOf('date')?.toText(19_000n) // '2022-01-08'
 */
export function scaleOf(type: ValueType): ValueScale | undefined {
  return scales[type];
}

function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
