'use client';

import { CircleCheck, CircleX } from 'lucide-react';
import Link from 'next/link';
import { cn } from '#components/cn.ts';
import { formatCount } from '#components/format.ts';
import { profileAddress } from '#components/profiles/profile-address.ts';
import { ExactText } from '#components/ui/exact-text.tsx';
import type { AudienceExplanation, AudienceTestResponse } from '#lib/contracts/audiences.ts';
import { verdictLooks } from './node-verdict.tsx';

type TestResultProps = {
  customerId: string;
  answer: AudienceTestResponse;
  /** Which of the customer's profiles is explained. */
  chosen: number;
  onChoose: (index: number) => void;
  isStale: boolean;
};

export function TestResult({ customerId, answer, chosen, onChoose, isStale }: TestResultProps) {
  const { isMember, profiles, profileCount, isComplete } = answer;
  const profile = profiles[chosen] ?? profiles[0];
  const Icon = isMember ? CircleCheck : CircleX;
  return (
    <div
      className={cn('flex flex-col gap-3 transition-opacity', isStale && 'opacity-50')}
      aria-busy={isStale || undefined}
    >
      <p
        role="status"
        className={cn(
          'flex items-start gap-2 rounded-md px-3 py-2 text-sm font-medium',
          isMember ? 'bg-success-subtle text-success' : 'bg-danger-subtle text-danger',
        )}
      >
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span className="wrap-anywhere">
          {customerId} is {isMember ? 'in' : 'not in'} this audience
        </span>
      </p>
      {profiles.length > 1 && (
        <ProfileChoice {...{ profiles, profileCount, isComplete, chosen, onChoose }} />
      )}
      {profile && (
        <>
          <ul aria-label="Each condition" className="flex flex-col gap-1">
            <Part part={profile.explanation} />
          </ul>
          <Link
            href={profileAddress(profile)}
            className="w-fit rounded-sm text-sm text-brand underline-offset-4 hover:underline"
          >
            Show the profile
          </Link>
        </>
      )}
    </div>
  );
}

type ProfileChoiceProps = Pick<TestResultProps, 'chosen' | 'onChoose'> &
  Pick<AudienceTestResponse, 'profiles' | 'profileCount' | 'isComplete'>;

/** Several users may share one row: each is a profile of its own. */
function ProfileChoice(props: ProfileChoiceProps) {
  const { profiles, profileCount, isComplete, chosen, onChoose } = props;
  const counted = formatCount(profileCount, 'profile');
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 text-xs text-muted-foreground">
        {isComplete ? counted : `The first ${counted}`} of this customer; each is counted on its own
        {profiles.length < profileCount && `. ${profiles.length} are shown, members first.`}
      </legend>
      {profiles.map(({ tableId, tableName, customerId, isMember }, index) => (
        <label
          key={`${tableId} ${customerId}`}
          className="flex min-h-7 items-center gap-2 rounded-md px-1 text-sm hover:bg-hover"
        >
          <input
            type="radio"
            name="profile"
            checked={index === chosen}
            onChange={() => {
              onChoose(index);
            }}
            className="accent-primary"
          />
          <span className="min-w-0 flex-1 truncate">
            <span className="font-mono">{customerId}</span>{' '}
            <span className="text-xs text-muted-foreground">{tableName}</span>
          </span>
          <span className={isMember ? 'text-success' : 'text-danger'}>
            {isMember ? 'in' : 'not in'}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const groupWords = { and: 'All of', or: 'Any of', not: 'Not' } as const;

function Part({ part }: { part: AudienceExplanation }) {
  const { icon: Icon, word, text } = verdictLooks[part.verdict];
  const isGroup = part.kind === 'and' || part.kind === 'or' || part.kind === 'not';
  return (
    <li className="flex flex-col gap-1">
      <span className="flex items-start gap-1.5 text-sm">
        <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', text)} />
        <span className="sr-only">{word}: </span>
        <span className="flex min-w-0 flex-col">
          <span className={cn('wrap-anywhere', isGroup && 'font-medium')}>{labelOf(part)}</span>
          {part.kind === 'attribute' && (
            <span className="text-xs text-muted-foreground">
              {part.actual === null ? (
                'Has no value'
              ) : (
                <>
                  Has <ExactText text={part.actual} className="font-medium text-foreground" />
                </>
              )}
            </span>
          )}
          {part.reason !== null && (
            <span className="text-xs text-muted-foreground">{part.reason}</span>
          )}
        </span>
      </span>
      {part.parts.length > 0 && (
        <ul className="ml-2 flex flex-col gap-1 border-l pl-3">
          {part.parts.map((inner, index) => (
            <Part key={index} part={inner} />
          ))}
        </ul>
      )}
    </li>
  );
}

function labelOf({ kind, words }: AudienceExplanation): string {
  return kind === 'and' || kind === 'or' || kind === 'not' ? groupWords[kind] : words;
}
