import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AudienceSizeResponse } from '#lib/contracts/audiences.ts';
import { audienceSizeQuery } from '#lib/queries/audiences.ts';
import { bodyOf, type Question } from './question.ts';

export interface LiveSize {
  /** The last answer, perhaps to an earlier question; `null` before the first. */
  readonly answer: AudienceSizeResponse | null;
  readonly answeredAt: number;
  /** The answer is to what was asked. */
  readonly isCurrent: boolean;
  /** An exact number, or the first estimate, is under way. */
  readonly isCounting: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** With what each node keeps, of the current question only. */
  readonly funnel: AudienceSizeResponse | null;
}

/**
 * An estimate at once, then the exact number, then what each node keeps exactly. A new question gives the others up;
 * their requests are aborted and their queries end in the database.
 */
export function useLiveSize(question: Question, withFunnel: boolean): LiveSize {
  const body = bodyOf(question);
  const isAsked = question.conditions !== null;
  const quick = useQuery({
    ...audienceSizeQuery({ ...body, precision: 'quick', funnel: withFunnel }),
    enabled: isAsked,
  });
  const needsExact = isAsked && quick.data?.isExact === false;
  const exact = useQuery({
    ...audienceSizeQuery({ ...body, precision: 'exact', funnel: false }),
    enabled: needsExact,
  });
  const exactFunnel = useQuery({
    ...audienceSizeQuery({ ...body, precision: 'exact', funnel: true }),
    enabled: needsExact && withFunnel && exact.isSuccess,
  });
  const current = exact.data ?? quick.data;
  const at = exact.data ? exact.dataUpdatedAt : quick.dataUpdatedAt;
  const [last, setLast] = useState<{ answer: AudienceSizeResponse; at: number } | null>(null);
  if (current && (current !== last?.answer || at !== last.at)) setLast({ answer: current, at });
  return {
    answer: current ?? last?.answer ?? null,
    answeredAt: current ? at : (last?.at ?? 0),
    isCurrent: current !== undefined,
    isCounting: quick.isFetching || exact.isFetching,
    error: quick.error ?? exact.error,
    retry: () => void (quick.error ? quick : exact).refetch(),
    funnel: exactFunnel.data ?? (withFunnel ? (quick.data ?? null) : null),
  };
}
