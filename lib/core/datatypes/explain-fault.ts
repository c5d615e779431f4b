import { datatypeRules } from './datatype-rules.ts';
import { MAX_CUSTOMER_ID_BYTES } from './limits.ts';
import type { ValueType } from './types.ts';
import type { CustomerIdFault, JsonValueFaultCode } from './value-fault.ts';

/**
 * What was expected instead, for people; it does not repeat the value.
 *
 * @example explainFault('invalid-bool', 'bool') // 'Expected true or false, in letters of any case.'
 */
export function explainFault(code: JsonValueFaultCode, type: ValueType): string {
  const { noun, rule } = datatypeRules[type];
  switch (code) {
    case 'invalid-utf8':
      return 'The text is not valid Unicode (UTF-8).';
    case 'nul-byte':
      return 'The text holds a NUL character, which cannot be stored.';
    case 'value-too-long':
      return 'A value can have at most 1 MiB of UTF-8 text.';
    case 'null-not-allowed':
      return `null is not ${noun}. Leave the attribute out to keep its value.`;
    case 'empty-not-allowed':
      return `An empty text is not ${noun}. Leave the value out to keep the stored one.`;
    case 'invalid-string':
      return 'Expected a text.';
    case 'long-out-of-range':
    case 'double-out-of-range':
      return `The number is out of range. Expected ${lowerFirst(rule)}`;
    default:
      return `Expected ${lowerFirst(rule)}`;
  }
}

/** @example explainCustomerIdFault('missing-customer-id') // 'The customer ID is missing.' */
export function explainCustomerIdFault(code: CustomerIdFault): string {
  switch (code) {
    case 'missing-customer-id':
      return 'The customer ID is missing.';
    case 'customer-id-too-long':
      return `A customer ID can have at most ${MAX_CUSTOMER_ID_BYTES} bytes of UTF-8 text.`;
    case 'nul-byte':
      return 'The customer ID holds a NUL character, which cannot be stored.';
    case 'invalid-utf8':
      return 'The customer ID is not valid Unicode (UTF-8).';
  }
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
