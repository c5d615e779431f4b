/** Rules in one audience; those of audiences that it refers to are counted apart. */
export const MAX_RULES = 1_000;

/** Groups inside groups. */
export const MAX_DEPTH = 100;

/** Rules and groups inside groups when the audiences that are referred to are written out. */
export const MAX_EXPANDED_RULES = 5_000;
export const MAX_EXPANDED_DEPTH = 300;

/** Values of one "is any of". */
export const MAX_LISTED_VALUES = 10_000;

/** A century either way. */
export const MAX_DAYS = 36_500;
