import { z } from 'zod';

// In IndexedDB, because only that can keep file handles. Where there is none (some browsers' private windows), a reload
// forgets: nothing here throws.

const databaseName = 'opendcp-transfers';
const storeName = 'files';
/** As long as the S3 endpoint keeps the parts of an upload that nobody completes. */
const lifeMs = 7 * 24 * 3_600_000;

const rememberedFile = z.object({
  id: z.string(),
  userId: z.string(),
  addedAt: z.number(),
  tableId: z.int(),
  tableName: z.string(),
  name: z.string(),
  sizeBytes: z.int(),
  lastModified: z.number(),
  checkOnly: z.boolean(),
  handle: z.custom<FileSystemFileHandle>(isHandle).nullable(),
  fingerprint: z.string(),
  transferId: z.string().nullable(),
  arrivedBytes: z.int(),
});

/** What a reloaded page needs to go on with a file, once it has the file itself. */
export type RememberedFile = z.infer<typeof rememberedFile>;

export async function rememberFile(file: RememberedFile): Promise<void> {
  await inStore('readwrite', (store) => store.put(rememberedFile.parse(file)));
}

export async function forgetFile(id: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(id));
}

/** This person's files, in the order in which they were chosen; those of all that are too old are forgotten. */
export async function recallFiles(userId: string): Promise<readonly RememberedFile[]> {
  const found = await inStore('readonly', (store) => store.getAll());
  const files = z.array(z.unknown()).catch([]).parse(found).flatMap(readRecord);
  const oldest = Date.now() - lifeMs;
  for (const { id, addedAt } of files) {
    if (addedAt < oldest) await forgetFile(id);
  }
  return files
    .filter((file) => file.userId === userId && file.addedAt >= oldest)
    .sort((one, other) => one.addedAt - other.addedAt);
}

/** What another version of this page wrote may not be readable for this one. */
function readRecord(record: unknown): readonly RememberedFile[] {
  const parsed = rememberedFile.safeParse(record);
  return parsed.success ? [parsed.data] : [];
}

function isHandle(value: unknown): boolean {
  return typeof FileSystemFileHandle === 'function' && value instanceof FileSystemFileHandle;
}

async function inStore<Result>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result | undefined> {
  try {
    const database = await openDatabase();
    return await resultOf(ask(database.transaction(storeName, mode).objectStore(storeName)));
  } catch {
    return undefined;
  }
}

let opening: Promise<IDBDatabase> | undefined;

function openDatabase(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(storeName, { keyPath: 'id' });
    };
    resultOf(request).then(resolve, reject);
  });
  return opening;
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('The browser could not use its storage.'));
    };
  });
}
