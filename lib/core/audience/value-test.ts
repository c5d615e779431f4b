import type { Moment } from './moment.ts';

export type Comparison = 'lt' | 'le' | 'gt' | 'ge';

/** Month and day, both from 1. */
export interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/**
 * What a rule asks of one value, with its own value typed as the attribute's are. All but `exists` are
 * unknown where there is no value.
 */
export type ValueTest =
  | { readonly kind: 'exists' }
  | {
      readonly kind: 'text-is';
      /** As they were written. */
      readonly values: readonly string[];
      /** As they are compared: folded when case is ignored. */
      readonly accepted: ReadonlySet<string>;
      readonly ignoreCase: boolean;
    }
  | {
      readonly kind: 'text-has';
      readonly where: 'anywhere' | 'start' | 'end';
      readonly text: string;
      /** As it is searched for: folded when case is ignored. */
      readonly needle: string;
      readonly ignoreCase: boolean;
    }
  | { readonly kind: 'bool-is'; readonly value: boolean }
  | { readonly kind: 'number-is'; readonly values: ReadonlySet<bigint | number> }
  | {
      readonly kind: 'number-compares';
      readonly comparison: Comparison;
      readonly value: bigint | number;
    }
  /** Both ends included. */
  | {
      readonly kind: 'number-between';
      readonly low: bigint | number;
      readonly high: bigint | number;
    }
  | { readonly kind: 'time-on' | 'time-before' | 'time-after'; readonly moment: Moment }
  /** Both ends included: a day with its last second. */
  | { readonly kind: 'time-between'; readonly from: Moment; readonly to: Moment }
  /** Days of the calendar for a date, times 24 hours for the others; both ends included. */
  | {
      readonly kind: 'time-within';
      readonly direction: 'last' | 'next';
      readonly days: number;
    }
  | { readonly kind: 'anniversary'; readonly day: 'today' | MonthDay };
