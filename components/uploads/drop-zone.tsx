'use client';

import { FileUp } from 'lucide-react';
import {
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
  type DragEvent,
  type MouseEvent,
} from 'react';
import { cn } from '#components/cn.ts';
import {
  canPickHandles,
  pickFiles,
  readDropped,
  readInput,
  type ChosenFile,
} from '#components/transfers/chosen-file.ts';
import { acceptedExtensions } from './check-file.ts';
import { useFileDrag } from './use-file-drag.ts';

type DropZoneProps = {
  /** The files will be checked and not stored. */
  isCheckOnly: boolean;
  onFiles: (files: readonly ChosenFile[]) => void;
};

/** A labelled file input that files can also be dropped on. */
export function DropZone({ isCheckOnly, onFiles }: DropZoneProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const isDragging = useFileDrag();
  // The name of the input must not change while something is dragged over it.
  const invitation = isCheckOnly ? 'Drop CSV files here to check them' : 'Drop CSV files here';

  function take(element: HTMLInputElement) {
    const files = readInput(element.files);
    // The same file chosen again, after it was mended, must fire again.
    element.value = '';
    if (files.length > 0) onFiles(files);
  }

  const takeEarly = useEffectEvent(() => {
    if (input.current) take(input.current);
  });
  // The browser shows the input before this code runs: somebody quick has chosen, or dropped, by then.
  useEffect(() => {
    takeEarly();
  }, []);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void readDropped(event.dataTransfer).then(onFiles);
  }

  /** The browser's newer dialog gives files that can be opened again after a reload. */
  function choose(event: MouseEvent) {
    if (!canPickHandles()) return;
    event.preventDefault();
    void pickFiles({ multiple: true, extensions: acceptedExtensions }).then(onFiles);
  }

  return (
    <label
      htmlFor={id}
      className={cn(
        'relative flex cursor-pointer flex-col items-center gap-2 rounded-lg border border-dashed border-input px-4 py-8 text-center transition-colors hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
        isDragging && 'border-ring bg-brand-subtle/50',
        isOver && 'border-solid border-ring bg-brand-subtle',
      )}
    >
      <FileUp
        aria-hidden
        className={cn('size-6 text-muted-foreground', (isDragging || isOver) && 'text-brand')}
      />
      <span className="text-base font-medium">
        {isOver ? (
          `Let go to ${isCheckOnly ? 'check' : 'upload'}`
        ) : (
          <>
            {invitation}, or <span className="text-brand underline">choose files</span>
          </>
        )}
      </span>
      <span id={`${id}-hint`} className="text-xs text-balance text-muted-foreground">
        CSV or TSV, plain or gzipped, UTF&#8209;8, up to 10 GB each. Several files are sent one
        after the other, in order.
      </span>
      <input
        id={id}
        ref={input}
        type="file"
        multiple
        accept={[...acceptedExtensions, 'text/csv', 'text/tab-separated-values'].join(',')}
        aria-label={`${invitation}, or choose files`}
        aria-describedby={`${id}-hint`}
        className="absolute inset-0 cursor-pointer opacity-0"
        onClick={choose}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={drop}
        onChange={(event) => {
          take(event.target);
        }}
      />
    </label>
  );
}
