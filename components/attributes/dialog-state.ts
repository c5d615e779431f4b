import { parseAsStringLiteral, useQueryState } from 'nuqs';

const dialogs = ['attribute', 'attributes'] as const;

/** Which dialog of the table page is open, in the address, so that other pages can link to it. */
export function useAttributeDialog() {
  return useQueryState('create', parseAsStringLiteral(dialogs));
}
