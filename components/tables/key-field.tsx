import { cn } from '#components/cn.ts';
import type { KeyKind } from '#lib/contracts/tables.ts';

export const keyKindWords: Record<KeyKind, { readonly label: string; readonly hint: string }> = {
  cookie: { label: 'Cookie', hint: 'Your site keeps the customer ID in a cookie' },
  'query parameter': {
    label: 'Query parameter',
    hint: 'The customer ID stands in the address of the page',
  },
  js_variable: {
    label: 'JavaScript variable',
    hint: 'A global variable of your pages holds the customer ID',
  },
  uid: {
    label: 'Optimizely user ID',
    hint: 'The random ID that Optimizely gives every visitor',
  },
};

type KeyFieldProps = { table: { readonly keyKind: KeyKind; readonly keyName: string | null } };

const codeStyles = 'rounded-sm bg-muted px-1 py-px font-mono text-xs';

/** The customer ID field in words: Cookie `logged_in_id`. */
export function KeyField({ table: { keyKind, keyName } }: KeyFieldProps) {
  return (
    <span className="wrap-break-word">
      {keyKindWords[keyKind].label}
      {keyName !== null && (
        <>
          {' '}
          <code className={cn(codeStyles, 'wrap-anywhere')}>{keyName}</code>
        </>
      )}
    </span>
  );
}

/** For lists: the name above, its kind below. */
export function StackedKeyField({ table: { keyKind, keyName } }: KeyFieldProps) {
  const { label } = keyKindWords[keyKind];
  if (keyName === null) return label;
  return (
    <span className="flex flex-col items-start gap-px as-cards:items-end">
      <code className={cn(codeStyles, 'max-w-full truncate')} title={keyName}>
        {keyName}
      </code>
      <span className="text-xs text-muted-foreground">{label}</span>
    </span>
  );
}
