/** A value is at most 1 MiB of UTF-8, wherever it comes from. */
export const MAX_VALUE_BYTES = 1024 * 1024;

/** A CSV row is at most 4 MiB, line end not counted. */
export const MAX_ROW_BYTES = 4 * 1024 * 1024;

/** A customer ID is at most 1024 bytes of UTF-8: it is an index key, and index keys are short. */
export const MAX_CUSTOMER_ID_BYTES = 1024;

/** `long` and `epoch` end here: the seed prints -9223372036854775807 to 9223372036854775807. */
export const MAX_LONG = '9223372036854775807';

/** Epoch seconds above this (year 5138) were surely meant as milliseconds. */
export const MAX_PLAUSIBLE_EPOCH = 99_999_999_999;
