'use client';

import { use, type ReactNode } from 'react';
import { LiveContext } from './live-context.ts';
import { useAnswer } from './node-answers.ts';

/** Dims the counts inside while they belong to conditions that have changed; the tree itself is not drawn again. */
export function StaleMark({ children }: { children: ReactNode }) {
  const { answers } = use(LiveContext);
  const isStale = useAnswer(answers.states, 'stale') === true;
  return <div {...(isStale ? { 'data-stale': '' } : {})}>{children}</div>;
}
