import { createContext } from 'react';
import { createNodeAnswers, type NodeAnswers } from './node-answers.ts';

export interface LiveContextValue {
  readonly answers: NodeAnswers;
  readonly isFunnelShown: boolean;
}

/** What the tree shows of the answers; without a panel beside it there are none. */
export const LiveContext = createContext<LiveContextValue>({
  answers: createNodeAnswers(),
  isFunnelShown: false,
});
