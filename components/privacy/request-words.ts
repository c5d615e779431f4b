import type {
  IdentifierType,
  PrivacyRequestKind,
  PrivacyRequestSummary,
} from '#lib/contracts/privacy-requests.ts';

const kindWords: Record<PrivacyRequestKind, string> = {
  access: 'Export',
  delete: 'Erasure',
};

export const identifierTypeWords: Record<IdentifierType, string> = {
  dcp_id: 'Customer ID',
  optimizely_end_user_id: 'Optimizely user ID',
};

/** Names a request where its identifier must not be: in titles and toasts. */
export function nameOf({ kind, id }: Pick<PrivacyRequestSummary, 'kind' | 'id'>): string {
  return `${kindWords[kind]} ${id}`;
}
