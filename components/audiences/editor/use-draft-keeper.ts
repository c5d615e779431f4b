import { useEffect, useRef } from 'react';
import { useDebounced } from '#components/use-debounced.ts';
import { dropDraft, keepDraft, type AudienceDraft } from '../model/audience-draft.ts';

type Kept = Omit<AudienceDraft, 'keptAt'>;

/** Keeps what was changed, so that a reload or a closed tab loses nothing. */
export function useDraftKeeper(key: string, state: Kept, start: Kept) {
  const { name, description, version, root } = state;
  const isChanged = root !== start.root || name !== start.name || description !== start.description;
  const settled = useDebounced(root, 250);
  const isOver = useRef(false);
  // External system: the browser's storage.
  useEffect(() => {
    if (!isChanged || isOver.current) return;
    keepDraft(key, { name, description, version, root: settled, keptAt: new Date().toISOString() });
  }, [isChanged, key, name, description, version, settled]);
  return {
    isKept: isChanged,
    /** It is saved or given up. */
    drop: () => {
      isOver.current = true;
      dropDraft(key);
    },
  };
}
