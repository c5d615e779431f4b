import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { audienceSorts, type ListAudiencesParameters } from '#lib/contracts/audiences.ts';

/** The list's view in its address: a shared link shows the same. */
export const audienceListParsers = {
  search: parseAsString.withDefault(''),
  status: parseAsStringLiteral(['active', 'archived', 'all'] as const).withDefault('active'),
  sort: parseAsStringLiteral(audienceSorts).withDefault('name'),
  direction: parseAsStringLiteral(['asc', 'desc'] as const).withDefault('asc'),
  page: parseAsInteger.withDefault(1),
  perPage: parseAsInteger.withDefault(25),
};

export const loadAudienceListParameters = createLoader(audienceListParsers);

/** What somebody typed into the address may be out of range. */
export function withinLimits(parameters: ListAudiencesParameters): ListAudiencesParameters {
  return {
    ...parameters,
    page: Math.max(1, parameters.page),
    perPage: Math.min(200, Math.max(1, parameters.perPage)),
  };
}
