/** True, false, or `null` for unknown: what is asked about is not there. */
export type Verdict = boolean | null;
