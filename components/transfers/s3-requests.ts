import type { TransferredPart } from './send-parts.ts';

/** A request to the S3 endpoint did not succeed. The message is for people. */
export class S3RequestError extends Error {
  override readonly name = 'S3RequestError';
  /** HTTP status; 0 when the connection broke. */
  readonly status: number;
  /** Of S3, such as NoSuchUpload; null when the answer has none. */
  readonly code: string | null;

  constructor({ status, code, message }: { status: number; code: string | null; message: string }) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The file was moved, changed or removed on its disk since it was chosen. */
export class FileUnreadableError extends Error {
  override readonly name = 'FileUnreadableError';
  override readonly message =
    'The browser cannot read the file any more: it was moved, changed or removed since. Choose it again.';
}

interface Request {
  readonly url: string;
  readonly signal?: AbortSignal;
}

/** Begins a multipart upload and gives its id. */
export async function createMultipart({
  url,
  headers,
  signal,
}: Request & { readonly headers: Readonly<Record<string, string>> }): Promise<string> {
  const answer = await request({ url, method: 'POST', headers, ...(signal ? { signal } : {}) });
  return requireText(answer, 'UploadId');
}

/** PUTs a part and gives its ETag. XMLHttpRequest, because `fetch` cannot tell how much of a body has been sent. */
export function putPart({
  url,
  signal,
  body,
  onSent,
}: Required<Request> & {
  readonly body: Blob;
  readonly onSent: (bytes: number) => void;
}): Promise<string> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const abort = () => {
      xhr.abort();
    };
    xhr.upload.onprogress = ({ loaded }) => {
      onSent(loaded);
    };
    xhr.onload = () => {
      const etag = xhr.getResponseHeader('etag');
      if (xhr.status === 200 && etag !== null) resolve(etag);
      else reject(toError(xhr.status, xhr.responseText));
    };
    xhr.onerror = () => {
      void brokenBy(body, url).then(reject);
    };
    xhr.onabort = () => {
      reject(new DOMException('The request was stopped.', 'AbortError'));
    };
    xhr.onloadend = () => {
      signal.removeEventListener('abort', abort);
    };
    signal.addEventListener('abort', abort);
    xhr.open('PUT', url);
    xhr.send(body);
    if (signal.aborted) abort();
  });
}

/** One page of the parts that have arrived. `nextAfter` is null on the last. */
export async function listParts({
  url,
  signal,
}: Request): Promise<{ parts: readonly TransferredPart[]; nextAfter: number | null }> {
  const answer = await request({ url, method: 'GET', ...(signal ? { signal } : {}) });
  const parts = [...answer.querySelectorAll('Part')].map((part) => ({
    number: Number(part.querySelector('PartNumber')?.textContent),
    etag: part.querySelector('ETag')?.textContent ?? '',
    sizeBytes: Number(part.querySelector('Size')?.textContent),
  }));
  const isLast = answer.querySelector('IsTruncated')?.textContent !== 'true';
  return { parts, nextAfter: isLast ? null : (parts.at(-1)?.number ?? null) };
}

/** Makes the parts the file. The same list again gets the same answer. */
export async function completeMultipart({
  url,
  signal,
  etags,
}: Request & { readonly etags: readonly string[] }): Promise<void> {
  const parts = etags.map(
    (etag, index) =>
      `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag></Part>`,
  );
  const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
  const answer = await request({ url, method: 'POST', body, ...(signal ? { signal } : {}) });
  requireText(answer, 'ETag');
}

/** Gives up what has arrived. */
export async function abortMultipart({ url }: Request): Promise<void> {
  await request({ url, method: 'DELETE', keepalive: true });
}

async function request({ url, ...init }: Request & RequestInit): Promise<Document> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable(url);
  }
  const text = await response.text().catch(() => {
    throw unreachable(url);
  });
  if (!response.ok) throw toError(response.status, text);
  return parseXml(text);
}

function requireText(answer: Document, element: string): string {
  const text = answer.querySelector(element)?.textContent;
  if (!text) throw toError(200, new XMLSerializer().serializeToString(answer));
  return text;
}

function parseXml(text: string): Document {
  return new DOMParser().parseFromString(text, 'application/xml');
}

/** A body that cannot be read looks like a broken connection; only reading tells. */
async function brokenBy(body: Blob, url: string): Promise<Error> {
  try {
    await body.slice(0, 1).arrayBuffer();
    return unreachable(url);
  } catch {
    return new FileUnreadableError();
  }
}

function unreachable(url: string): S3RequestError {
  const message = navigator.onLine
    ? `The S3 endpoint at ${new URL(url).origin} cannot be reached from this browser.`
    : 'This browser is offline.';
  return new S3RequestError({ status: 0, code: null, message });
}

/** S3 answers errors as XML: `<Error><Code>…</Code><Message>…</Message></Error>`. */
function toError(status: number, text: string): S3RequestError {
  const answer = parseXml(text);
  const code = answer.querySelector('Error > Code')?.textContent ?? null;
  const explanation = answer.querySelector('Error > Message')?.textContent;
  const message =
    code === null
      ? `The S3 endpoint answered with status ${status} and no explanation.`
      : `The S3 endpoint refused the request: ${explanation ? `${explanation} ` : ''}(${code})`;
  return new S3RequestError({ status, code, message });
}
