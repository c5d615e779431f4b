import { duplicateNode, groupNode, removeNode, setMuted, ungroupNode } from '../model/edit-tree.ts';
import { newNodeId, type EditorNode } from '../model/editor-node.ts';
import { stepNode } from '../model/move-node.ts';
import { useEditor } from './editor-context.tsx';

/** What can be done with a rule or a group as a whole. */
export function useNodeActions(node: EditorNode, name: string) {
  const { edit, focusNode, announce } = useEditor();
  const { id } = node;
  function move(step: -1 | 1): void {
    edit((root) => stepNode(root, id, step));
    focusNode(id, 'handle');
    announce(`Moved ${name} ${step === 1 ? 'down' : 'up'}`);
  }
  return {
    duplicate: () => {
      edit((root) => duplicateNode(root, id));
      announce(`Duplicated ${name}`);
    },
    toggleMuted: () => {
      edit((root) => setMuted(root, id, !node.isMuted));
      announce(node.isMuted ? `${name} counts again` : `Muted ${name}`);
    },
    moveUp: () => {
      move(-1);
    },
    moveDown: () => {
      move(1);
    },
    group: () => {
      edit((root) => groupNode(root, id, newNodeId()));
      focusNode(id, 'handle');
      announce(`Put ${name} into a group`);
    },
    ungroup: () => {
      edit((root) => ungroupNode(root, id));
      announce('Ungrouped');
    },
    remove: () => {
      focusNode(neighbourOf(id), 'handle');
      edit((root) => removeNode(root, id));
      announce(`Removed ${name}. Undo with Control Z.`);
    },
  };
}

/** What stands where the node stood once it is gone: the next one, the one before, or its group. */
function neighbourOf(id: string): string {
  const element = document.querySelector(`[data-node="${CSS.escape(id)}"]`);
  const next = element?.nextElementSibling ?? element?.previousElementSibling;
  const around = element?.parentElement?.closest('[data-node]');
  return (next ?? around)?.getAttribute('data-node') ?? 'root';
}
