import { childrenOf, readXml, textOf } from '#lib/s3/xml/read-xml.ts';
import type {
  SignBrowserUploadRequest,
  StartBrowserUploadResponse,
} from '../contracts/browser-uploads.ts';

export interface SendInPartsOptions {
  readonly parts: readonly (string | Uint8Array<ArrayBuffer>)[];
  readonly start: () => Promise<StartBrowserUploadResponse>;
  readonly sign: (transferId: string, request: SignBrowserUploadRequest) => Promise<string>;
}

/** Sends a file as the dashboard's pages do. Gives the id of its transfer. */
export async function sendInParts({ parts, start, sign }: SendInPartsOptions): Promise<string> {
  const transferId = await beginTransfer(await start());
  const etags: string[] = [];
  for (const [index, body] of parts.entries()) {
    const url = await sign(transferId, { kind: 'part', partNumber: index + 1 });
    etags.push(await putPart(url, body));
  }
  await completeTransfer(await sign(transferId, { kind: 'complete' }), etags);
  return transferId;
}

export async function beginTransfer({ url, headers }: StartBrowserUploadResponse): Promise<string> {
  const answer = await readXmlAnswer(
    await fetch(url, { method: 'POST', headers }),
    'InitiateMultipartUploadResult',
  );
  return textOf(answer, 'UploadId') ?? '';
}

/** Gives the part's ETag. */
export async function putPart(url: string, body: string | Uint8Array<ArrayBuffer>) {
  const answer = await fetch(url, { method: 'PUT', body });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.headers.get('etag') ?? '';
}

export async function listPartNumbers(url: string): Promise<readonly number[]> {
  const answer = await readXmlAnswer(await fetch(url), 'ListPartsResult');
  return childrenOf(answer, 'Part').map((part) => Number(textOf(part, 'PartNumber')));
}

export async function completeTransfer(url: string, etags: readonly string[]): Promise<void> {
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
  );
  const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
  await readXmlAnswer(await fetch(url, { method: 'POST', body }), 'CompleteMultipartUploadResult');
}

async function readXmlAnswer(answer: Response, root: string) {
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return readXml(text, root);
}
