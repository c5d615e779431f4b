import { useReducer } from 'react';
import type { EditorGroup } from '../model/editor-node.ts';
import { recordStep, redoStep, startHistory, undoStep, type History } from '../model/history.ts';

type Action =
  | {
      readonly kind: 'edit';
      readonly change: (root: EditorGroup) => EditorGroup;
      readonly source: string | null;
    }
  | { readonly kind: 'undo' | 'redo' };

/** The tree with its history. `dispatch` stays the same. */
export function useEditorState(initial: EditorGroup) {
  const [history, dispatch] = useReducer(reduce, initial, startHistory<EditorGroup>);
  return {
    root: history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    dispatch,
  };
}

function reduce(history: History<EditorGroup>, action: Action): History<EditorGroup> {
  switch (action.kind) {
    case 'edit':
      return recordStep(history, action.change(history.present), action.source);
    case 'undo':
      return undoStep(history);
    case 'redo':
      return redoStep(history);
  }
}
