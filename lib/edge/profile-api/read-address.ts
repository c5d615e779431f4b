import { parseId } from '../../contracts/common.ts';
import { errors } from '../../core/errors.ts';

/** One row of a table: `<service>/<table>/<customer ID>`. */
export function readRowAddress(params: unknown) {
  return { ...readTableAddress(params), customerId: partOf(params, 'customerId') };
}

/** A table: `<service>/<table>`. */
export function readTableAddress(params: unknown) {
  return {
    serviceId: readId('service', partOf(params, 'service')),
    tableId: readId('table', partOf(params, 'table')),
  };
}

/** A user by the service alone: `<service>/<customer ID>`. */
export function readUserAddress(params: unknown) {
  return {
    serviceId: readId('service', partOf(params, 'service')),
    customerId: partOf(params, 'customerId'),
  };
}

/** The table that an alias leads to, at the end of the address. */
export function readOtherTable(params: unknown): number {
  return readId('table', partOf(params, 'otherTable'));
}

function partOf(params: unknown, name: string): string {
  if (typeof params !== 'object' || params === null) return '';
  const part: unknown = Reflect.get(params, name);
  return typeof part === 'string' ? part : '';
}

/** What is no id names nothing that exists. */
function readId(what: string, text: string): number {
  const id = parseId(text);
  if (id === null) throw errors.notFound(what, text);
  return id;
}
