/** An outcome that callers branch on: parsing a cell, verifying a signature. Never thrown. */
export type Result<Value, Failure> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Failure };

/** @example ok(42) // { ok: true, value: 42 } */
export function ok<Value>(value: Value): Result<Value, never> {
  return { ok: true, value };
}

/** @example fail('not-a-number') // { ok: false, error: 'not-a-number' } */
export function fail<Failure>(error: Failure): Result<never, Failure> {
  return { ok: false, error };
}
