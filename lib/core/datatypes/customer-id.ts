import { fail, ok, type Result } from '../result.ts';
import { MAX_CUSTOMER_ID_BYTES } from './limits.ts';
import type { CustomerIdFault } from './value-fault.ts';

/**
 * The rule for customer IDs from CSV, REST and aliases alike: an opaque, case-sensitive text, not empty
 * and not blanks only, at most 1024 bytes of UTF-8, without NUL and lone surrogates. Blanks around it
 * are kept.
 *
 * @example checkCustomerId('c1') // { ok: true, value: 'c1' }
 * @example checkCustomerId('  ') // { ok: false, error: 'missing-customer-id' }
 */
export function checkCustomerId(id: string): Result<string, CustomerIdFault> {
  if (/^[ \t\n\v\f\r]*$/.test(id)) return fail('missing-customer-id');
  if (id.includes('\0')) return fail('nul-byte');
  if (!id.isWellFormed()) return fail('invalid-utf8');
  if (utf8Length(id) > MAX_CUSTOMER_ID_BYTES) return fail('customer-id-too-long');
  return ok(id);
}

function utf8Length(text: string): number {
  if (text.length > MAX_CUSTOMER_ID_BYTES) return text.length;
  return new TextEncoder().encode(text).length;
}
