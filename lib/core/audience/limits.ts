/** Rules in one audience; those of audiences that it refers to are counted apart. */
export const MAX_RULES = 1_000;

/** Groups inside groups. */
export const MAX_DEPTH = 100;

/**
 * When the audiences that are referred to are written out: rules, everything else that has a place in the tree, and
 * groups inside groups. An audience that nobody is in has no rule, and yet it costs its place.
 */
export const MAX_EXPANDED_RULES = 5_000;
export const MAX_EXPANDED_PLACES = 20_000;
export const MAX_EXPANDED_DEPTH = 300;

/** Characters of all its values; those of one audience fit into a request of 8 MiB. */
export const MAX_EXPANDED_LENGTH = 16 * 1024 * 1024;

/** Faults that are said of one JSON form; nobody mends more at a time, and each costs memory. */
export const MAX_FAULTS = 100;

/** Values of one "is any of". */
export const MAX_LISTED_VALUES = 10_000;

/** A century either way. */
export const MAX_DAYS = 36_500;
