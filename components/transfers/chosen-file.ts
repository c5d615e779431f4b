/** A file from the person's disk, and where the browser has one the handle to open it again by. */
export interface ChosenFile {
  readonly file: File;
  readonly handle: FileSystemFileHandle | null;
}

// The part of File System Access that not all browsers have, and TypeScript therefore does not.
interface PermissionDescriptor {
  readonly mode: 'read';
}
declare global {
  interface Window {
    showOpenFilePicker?: (options: {
      readonly multiple: boolean;
      readonly types: readonly {
        readonly description: string;
        readonly accept: Readonly<Record<string, readonly string[]>>;
      }[];
    }) => Promise<readonly FileSystemFileHandle[]>;
  }
  interface DataTransferItem {
    getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
  }
  interface FileSystemFileHandle {
    queryPermission?: (descriptor: PermissionDescriptor) => Promise<PermissionState>;
    requestPermission?: (descriptor: PermissionDescriptor) => Promise<PermissionState>;
  }
}

/** What was dropped. To be called while the drop event is handled: browsers forget the files afterwards. */
export async function readDropped({ items }: DataTransfer): Promise<readonly ChosenFile[]> {
  const dropped = [...items].map((item) => ({
    file: item.kind === 'file' ? item.getAsFile() : null,
    handle: item.getAsFileSystemHandle?.().catch(() => null),
  }));
  const chosen = await Promise.all(
    dropped.map(async ({ file, handle }) => {
      const opened = await handle;
      return file && { file, handle: opened instanceof FileSystemFileHandle ? opened : null };
    }),
  );
  return chosen.filter((file) => file !== null);
}

export function readInput(files: FileList | null): readonly ChosenFile[] {
  return [...(files ?? [])].map((file) => ({ file, handle: null }));
}

export function canPickHandles(): boolean {
  return typeof window.showOpenFilePicker === 'function';
}

/** Lets the person choose; nothing when they think better of it. Only where `canPickHandles`. */
export async function pickFiles(options: {
  readonly multiple: boolean;
  readonly extensions: readonly string[];
}): Promise<readonly ChosenFile[]> {
  const { multiple, extensions } = options;
  const types = [{ description: 'CSV and TSV files', accept: { 'text/csv': extensions } }];
  const handles = (await window.showOpenFilePicker?.({ multiple, types }).catch(ignoreAbort)) ?? [];
  return Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })));
}

/** The file, if the browser lets this page read it without asking. */
export async function openQuietly(handle: FileSystemFileHandle): Promise<ChosenFile | null> {
  const permission = await handle.queryPermission?.({ mode: 'read' });
  return permission === 'granted' ? open(handle) : null;
}

/** The same after asking the person, who must just have pressed something; null when they say no or it is gone. */
export async function openAsking(handle: FileSystemFileHandle): Promise<ChosenFile | null> {
  const permission = await handle.requestPermission?.({ mode: 'read' });
  return permission === 'granted' ? open(handle) : null;
}

async function open(handle: FileSystemFileHandle): Promise<ChosenFile | null> {
  try {
    return { file: await handle.getFile(), handle };
  } catch {
    return null;
  }
}

function ignoreAbort(error: unknown): readonly FileSystemFileHandle[] {
  if (error instanceof DOMException && error.name === 'AbortError') return [];
  throw error;
}
