/** Bytes that the checkers and the CSV scanner name. */
export const TAB = 0x09;
export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const PLUS = 0x2b;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const UPPER_T = 0x54;
export const UPPER_Z = 0x5a;
export const LOWER_E = 0x65;
export const BACKSLASH = 0x5c;

/** `byte | CASE_BIT` is the lower-case letter of an ASCII letter. */
export const CASE_BIT = 0x20;
