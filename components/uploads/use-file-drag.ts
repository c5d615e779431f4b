import { useEffect, useState } from 'react';

/** Whether a file is being dragged over the page, wherever it is. */
export function useFileDrag(): boolean {
  const [isDragging, setDragging] = useState(false);
  // The window is the external system: a drag begins outside of the page and tells nobody when it leaves.
  useEffect(() => {
    let entered = 0;
    function count(change: 1 | -1) {
      return ({ dataTransfer }: DragEvent) => {
        if (!dataTransfer?.types.includes('Files')) return;
        entered = Math.max(0, entered + change);
        setDragging(entered > 0);
      };
    }
    function end() {
      entered = 0;
      setDragging(false);
    }
    const enter = count(1);
    const leave = count(-1);
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', end, { capture: true });
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', end, { capture: true });
    };
  }, []);
  return isDragging;
}
