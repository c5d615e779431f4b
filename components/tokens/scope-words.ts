import { tokenScopes, type TokenScope } from '#lib/contracts/tokens.ts';

type ScopeWords = {
  readonly label: string;
  readonly description: string;
  /** Viewers make tokens that only read. */
  readonly needsEditor: boolean;
};

export const scopeWords: Record<TokenScope, ScopeWords> = {
  'read-configuration': {
    label: 'Read configuration',
    description: 'Projects, tables, attributes and the results of uploads',
    needsEditor: false,
  },
  'write-configuration': {
    label: 'Write configuration',
    description: 'Create, change, archive and delete them; includes reading',
    needsEditor: true,
  },
  'read-profiles': {
    label: 'Read profiles',
    description: 'Customers’ values and aliases, one by one, in batches and as exports',
    needsEditor: false,
  },
  'write-profiles': {
    label: 'Write profiles',
    description: 'Set and delete customers’ values and aliases',
    needsEditor: true,
  },
  'read-secrets': {
    label: 'Read secrets',
    description: 'Show the AWS key pair of each table in answers, as Optimizely does',
    needsEditor: true,
  },
};

/** @example describeScopes(['read-profiles', 'write-profiles']) // 'Read and write profiles' */
export function describeScopes(scopes: readonly TokenScope[]): string {
  if (scopes.length === tokenScopes.length) return 'Everything';
  const parts = [
    describeKind(scopes, 'configuration'),
    describeKind(scopes, 'profiles'),
    scopes.includes('read-secrets') ? 'read secrets' : '',
  ];
  const text = parts.filter((part) => part !== '').join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function describeKind(scopes: readonly TokenScope[], kind: 'configuration' | 'profiles'): string {
  const mayRead = scopes.includes(`read-${kind}`);
  if (!scopes.includes(`write-${kind}`)) return mayRead ? `read ${kind}` : '';
  return mayRead ? `read and write ${kind}` : `write ${kind}`;
}
