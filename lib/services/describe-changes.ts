import type { AuditSnapshot } from './audit.ts';

/** The fields of `wanted` that differ from what is stored, before and after; null when none does. */
export function describeChanges(
  stored: AuditSnapshot,
  wanted: AuditSnapshot,
): { readonly before: AuditSnapshot; readonly after: AuditSnapshot } | null {
  const changed = Object.keys(wanted).filter(
    (field) => wanted[field] !== undefined && wanted[field] !== stored[field],
  );
  if (changed.length === 0) return null;
  const pick = (source: AuditSnapshot) =>
    Object.fromEntries(changed.map((field) => [field, source[field]]));
  return { before: pick(stored), after: pick(wanted) };
}
