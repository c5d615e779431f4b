import type { Operation } from './operation.ts';

export type PathParts = Readonly<Record<string, string | number>>;

/** Values for the parts of a path, as the examples of the reference have them: table 1 is the Optimizely table. */
export function examplePartsOf({ path }: Pick<Operation, 'path'>): PathParts {
  const isOfUser = /^\/api\/(alias|consolidated)/.test(path);
  return {
    id: 1,
    service: 1,
    table: isOfUser ? 1 : 2,
    customerId: isOfUser ? 'oeu1234.5678' : 'c-1001',
    otherTable: 2,
  };
}

/** @example fillPath('/api/alias/{service}/{table}/{customerId}', { service: 1, table: 2, customerId: 'a/b' }) // '/api/alias/1/2/a%2Fb' */
export function fillPath(path: string, parts: PathParts): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
}
