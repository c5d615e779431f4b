import type { AudienceCatalog } from './bound-condition.ts';
import { references } from './references.ts';

/**
 * Does an audience, itself or through others, refer to one of `targets`?
 *
 * @example refersTo(catalog, 7, new Set([7])) // true when 7 is in itself
 */
export function refersTo(
  catalog: AudienceCatalog,
  audienceId: number,
  targets: ReadonlySet<number>,
): boolean {
  const seen = new Set<number>();
  const waiting = [audienceId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const audience = catalog.audience(id);
    if (!audience) continue;
    for (const next of references(audience.condition).audienceIds) {
      if (targets.has(next)) return true;
      waiting.push(next);
    }
  }
  return false;
}
