import type { StartBrowserUploadResponse } from '#lib/contracts/uploads.ts';

export interface SendOptions {
  readonly file: File;
  readonly target: StartBrowserUploadResponse;
  readonly signal: AbortSignal;
  readonly onProgress: (sentBytes: number) => void;
}

/** The transfer broke, or the S3 endpoint refused the file. The message is for people. */
class TransferError extends Error {
  override readonly name = 'TransferError';
}

/** One presigned PUT. XMLHttpRequest, because `fetch` cannot tell how much of a body has been sent. */
export function sendFile({ file, target, signal, onProgress }: SendOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => {
      request.abort();
    };
    const fail = (message: string) => {
      reject(new TransferError(message));
    };
    request.upload.onprogress = ({ loaded }) => {
      onProgress(loaded);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else fail(describeRefusal(request));
    };
    request.onerror = () => {
      fail(describeBreak(target.url));
    };
    request.onabort = () => {
      reject(new DOMException('The transfer was cancelled.', 'AbortError'));
    };
    request.onloadend = () => {
      signal.removeEventListener('abort', abort);
    };
    signal.addEventListener('abort', abort);
    request.open('PUT', target.url);
    for (const [name, value] of Object.entries(target.headers)) {
      request.setRequestHeader(name, value);
    }
    request.send(file);
  });
}

function describeBreak(url: string): string {
  if (!navigator.onLine) return 'You are offline. Nothing was stored; retry when you are back.';
  return `The connection to the S3 endpoint at ${new URL(url).origin} broke. Nothing was stored; check that this address can be reached from your browser, then retry.`;
}

/** S3 answers errors as XML: `<Error><Code>…</Code><Message>…</Message></Error>`. */
function describeRefusal({ status, responseText }: XMLHttpRequest): string {
  const answer = new DOMParser().parseFromString(responseText, 'application/xml');
  const code = answer.querySelector('Error > Code')?.textContent;
  const message = answer.querySelector('Error > Message')?.textContent;
  if (!code) return `The S3 endpoint answered with status ${status}. Nothing was stored.`;
  return `The S3 endpoint refused the file: ${message ? `${message} ` : ''}(${code}). Nothing was stored.`;
}
