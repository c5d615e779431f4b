'use client';

import { useQuery } from '@tanstack/react-query';
import { UserRoundX } from 'lucide-react';
import { KeyField } from '#components/tables/key-field.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ExactText } from '#components/ui/exact-text.tsx';
import type { ProfileResponse } from '#lib/contracts/profiles.ts';
import { tableQuery } from '#lib/queries/tables.ts';

/** Where was looked, and what to try next. */
export function ProfileNotFound({ profile }: { profile: ProfileResponse }) {
  const { tableId, tableName, customerId } = profile;
  const { data: table } = useQuery(tableQuery(tableId));
  return (
    <Card>
      <EmptyState
        icon={<UserRoundX />}
        title={`Not found in ${tableName}`}
        actions={
          <>
            <ButtonLink href={`/attributes/${tableId}/history`}>
              Upload History of {tableName}
            </ButtonLink>
            <ButtonLink href={`/attributes/${tableId}/upload`}>Upload data</ButtonLink>
          </>
        }
      >
        <p>
          Table {tableName} was searched; it has no customer with the ID{' '}
          <ExactText text={customerId} className="font-mono text-foreground" />.
        </p>
        <p className="mt-2">
          IDs are compared letter by letter, upper and lower case included.{' '}
          {table && (
            <>
              This table is keyed by: <KeyField table={table} />.{' '}
            </>
          )}
          Another table may know the customer by another ID.
        </p>
      </EmptyState>
    </Card>
  );
}
