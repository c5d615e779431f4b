import type { TimeType } from './moment.ts';
import type { MonthDay, ValueTest } from './value-test.ts';
import type { Verdict } from './verdict.ts';

interface TimeSubject {
  readonly type: TimeType;
  /** Seconds since 1970. */
  readonly value: bigint;
  readonly now: Date;
}

const SECONDS_A_DAY = 86_400n;

/** 9999-12-31T23:59:59Z. Epochs go further; the calendar that people name days by does not. */
export const LAST_CALENDAR_SECOND = 253_402_300_799n;

/** Asks a date rule of one date. */
export function testTime(test: ValueTest, { type, value, now }: TimeSubject): Verdict {
  switch (test.kind) {
    case 'time-on':
      return value >= test.moment.start && value < test.moment.end;
    case 'time-before':
      return value < test.moment.start;
    case 'time-after':
      return value >= test.moment.end;
    case 'time-between':
      return value >= test.from.start && value < test.to.end;
    case 'time-within': {
      const here = type === 'date' ? startOfDay(secondsNow(now)) : secondsNow(now);
      const distance = test.direction === 'last' ? here - value : value - here;
      return distance >= 0n && distance <= BigInt(test.days) * SECONDS_A_DAY;
    }
    case 'anniversary':
      if (value > LAST_CALENDAR_SECOND) return null;
      return test.day === 'today'
        ? isAnniversaryToday(monthDayOf(value), now)
        : isSameDay(monthDayOf(value), test.day);
    default:
      return null;
  }
}

/** Stored times have whole seconds; so does now. */
function secondsNow(now: Date): bigint {
  return BigInt(Math.floor(now.getTime() / 1000));
}

function startOfDay(seconds: bigint): bigint {
  return seconds - (((seconds % SECONDS_A_DAY) + SECONDS_A_DAY) % SECONDS_A_DAY);
}

function monthDayOf(seconds: bigint): MonthDay {
  const date = new Date(Number(seconds) * 1000);
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function isSameDay(left: MonthDay, right: MonthDay): boolean {
  return left.month === right.month && left.day === right.day;
}

/** Who was born on 29 February has a birthday every year: on the 28th where there is no 29th. */
function isAnniversaryToday(value: MonthDay, now: Date): boolean {
  const today = { month: now.getUTCMonth() + 1, day: now.getUTCDate() };
  const isLeapDay = value.month === 2 && value.day === 29;
  const isLeapYear = new Date(Date.UTC(now.getUTCFullYear(), 1, 29)).getUTCMonth() === 1;
  return isSameDay(isLeapDay && !isLeapYear ? { month: 2, day: 28 } : value, today);
}
