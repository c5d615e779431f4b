'use client';

import { FileUp } from 'lucide-react';
import { useId, useState, type DragEvent } from 'react';
import { cn } from '#components/cn.ts';
import { acceptedExtensions } from './check-file.ts';

type DropZoneProps = {
  onFiles: (files: File[]) => void;
};

/** A labelled file input that files can also be dropped on. */
export function DropZone({ onFiles }: DropZoneProps) {
  const id = useId();
  const [isOver, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  }

  return (
    <label
      htmlFor={id}
      className={cn(
        'relative flex cursor-pointer flex-col items-center gap-2 rounded-lg border border-dashed border-input px-4 py-8 text-center transition-colors hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring',
        isOver && 'border-ring bg-brand-subtle',
      )}
    >
      <FileUp aria-hidden className="size-6 text-muted-foreground" />
      <span id={`${id}-label`} className="text-base font-medium">
        Drop CSV files here, or <span className="text-brand underline">choose files</span>
      </span>
      <span id={`${id}-hint`} className="text-xs text-balance text-muted-foreground">
        CSV or TSV, plain or gzipped, UTF&#8209;8, up to 10 GB each. Several files are sent one
        after the other, in order.
      </span>
      <input
        id={id}
        type="file"
        multiple
        accept={[...acceptedExtensions, 'text/csv', 'text/tab-separated-values'].join(',')}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-hint`}
        className="absolute inset-0 cursor-pointer opacity-0"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => {
          setOver(false);
        }}
        onDrop={drop}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file chosen again, after it was mended, must fire again.
          event.target.value = '';
        }}
      />
    </label>
  );
}
