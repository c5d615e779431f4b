/** What was, is, and was undone. */
export interface History<State> {
  readonly past: readonly State[];
  readonly present: State;
  readonly future: readonly State[];
  /** What the present came from: changes with the same one, such as the keys typed into one field, are one step. */
  readonly source: string | null;
}

const KEPT_STEPS = 200;

export function startHistory<State>(present: State): History<State> {
  return { past: [], present, future: [], source: null };
}

export function recordStep<State>(
  history: History<State>,
  next: State,
  source: string | null = null,
): History<State> {
  if (next === history.present) return history;
  const isSameStep = source !== null && source === history.source;
  const past = isSameStep ? history.past : [...history.past, history.present].slice(-KEPT_STEPS);
  return { past, present: next, future: [], source };
}

export function undoStep<State>(history: History<State>): History<State> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present: before, future, source: null };
}

export function redoStep<State>(history: History<State>): History<State> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, source: null };
}
