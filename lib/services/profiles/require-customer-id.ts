import { checkCustomerId } from '../../core/datatypes/customer-id.ts';
import { explainCustomerIdFault } from '../../core/datatypes/explain-fault.ts';
import { errors } from '../../core/errors.ts';

/** @throws `invalid-fields` on `customerId` */
export function requireCustomerId(customerId: string): void {
  const checked = checkCustomerId(customerId);
  if (checked.ok) return;
  throw errors.invalidFields({ customerId: explainCustomerIdFault(checked.error) });
}
