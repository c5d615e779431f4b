'use client';

import { useQuery } from '@tanstack/react-query';
import { FlaskConical, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { cn } from '#components/cn.ts';
import { profileAddress } from '#components/profiles/profile-address.ts';
import { Button } from '#components/ui/button.tsx';
import { ExactText } from '#components/ui/exact-text.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { AudienceSampleResponse } from '#lib/contracts/audiences.ts';
import { audienceSampleQuery } from '#lib/queries/audiences.ts';
import { bodyOf, type Question } from './question.ts';
import type { TestedCustomer } from './test-customer.tsx';

type SampleMembersProps = {
  question: Question;
  isStale: boolean;
  onTest: (customer: TestedCustomer) => void;
};

/** Ten members, with their values of what the conditions ask about. */
export function SampleMembers({ question, isStale, onTest }: SampleMembersProps) {
  const isAsked = question.conditions !== null;
  const sample = useQuery({
    ...audienceSampleQuery(bodyOf(question)),
    // The last ones stand, dimmed, until the next are there.
    placeholderData: (before) => before,
    enabled: isAsked,
  });
  if (!isAsked) return <Note>Ten of the members will be shown here.</Note>;
  if (sample.isError) {
    return (
      <div role="alert" className="flex flex-col items-start gap-1.5 text-sm">
        <p className="text-danger">The members could not be read. {sample.error.message}</p>
        <Button size="sm" onClick={() => void sample.refetch()} pending={sample.isFetching}>
          <RotateCw aria-hidden />
          Retry
        </Button>
      </div>
    );
  }
  if (!sample.data) {
    return (
      <div role="status" aria-label="Loading members" className="flex flex-col gap-3">
        {['a', 'b', 'c'].map((key) => (
          <Skeleton key={key} className="h-9" />
        ))}
      </div>
    );
  }
  const { members, attributes } = sample.data;
  if (members.length === 0) return <Note>Nobody meets these conditions.</Note>;
  return (
    <ul
      aria-label="Sample members"
      className={cn(
        'flex flex-col divide-y transition-opacity',
        (isStale || sample.isPlaceholderData) && 'opacity-50',
      )}
    >
      {members.map((member) => (
        <Member
          key={`${member.tableId} ${member.customerId}`}
          {...{ member, attributes, onTest }}
        />
      ))}
    </ul>
  );
}

type MemberProps = {
  member: AudienceSampleResponse['members'][number];
  attributes: AudienceSampleResponse['attributes'];
  onTest: (customer: TestedCustomer) => void;
};

function Member({ member, attributes, onTest }: MemberProps) {
  const { tableId, tableName, customerId, values } = member;
  return (
    <li className="flex items-start gap-2 py-2 first:pt-0">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link
            href={profileAddress({ tableId, customerId })}
            className="min-w-0 rounded-sm font-mono text-sm wrap-anywhere text-brand underline-offset-4 hover:underline"
          >
            {customerId}
          </Link>
          <span className="truncate text-xs text-muted-foreground">{tableName}</span>
        </p>
        <dl className="flex flex-wrap gap-x-3 text-xs">
          {attributes.map(({ id, name }, index) => (
            <div key={id} className="flex min-w-0 gap-1">
              <dt className="text-muted-foreground">{name}</dt>
              <dd className="line-clamp-2 min-w-0 font-medium">
                {typeof values[index] === 'string' ? (
                  <ExactText text={values[index]} />
                ) : (
                  <span className="font-normal text-muted-foreground">no value</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <Tooltip content="Test this customer" side="left">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Test ${customerId}`}
          onClick={() => {
            onTest({ tableId, customerId });
          }}
          className="text-muted-foreground"
        >
          <FlaskConical aria-hidden />
        </Button>
      </Tooltip>
    </li>
  );
}

function Note({ children }: { children: string }) {
  return <p className="text-sm text-muted-foreground">{children}</p>;
}
