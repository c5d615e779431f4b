import { useState } from 'react';

/** The same map as before as long as it says the same, so that what hangs on it is not drawn again. */
export function useStableMap<Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const [stable, setStable] = useState(map);
  if (isSame(stable, map)) return stable;
  setStable(map);
  return map;
}

function isSame<Value>(
  left: ReadonlyMap<string, Value>,
  right: ReadonlyMap<string, Value>,
): boolean {
  if (left === right) return true;
  return left.size === right.size && [...left].every(([key, value]) => right.get(key) === value);
}
