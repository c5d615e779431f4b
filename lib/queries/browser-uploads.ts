import {
  browserUploadResponse,
  signBrowserUploadResponse,
  startBrowserUploadResponse,
  type BrowserUploadResponse,
  type SignBrowserUploadRequest,
  type StartBrowserUploadRequest,
  type StartBrowserUploadResponse,
} from '../contracts/browser-uploads.ts';
import { fetchJson, RequestError } from './fetch-json.ts';

/** A file's way from this browser into a table. */
export interface TransferAddress {
  readonly tableId: number;
  readonly transferId: string;
}

function pathOf({ tableId, transferId }: TransferAddress): string {
  return `/api/tables/${tableId}/browser-uploads/${transferId}`;
}

/** Asks for a presigned request that begins the transfer of one file. */
export function startBrowserUpload(
  tableId: number,
  request: StartBrowserUploadRequest,
  signal: AbortSignal,
): Promise<StartBrowserUploadResponse> {
  return fetchJson({
    path: `/api/tables/${tableId}/browser-uploads`,
    schema: startBrowserUploadResponse,
    method: 'POST',
    body: request,
    signal,
  });
}

/** The address for one request of a transfer. It is good for a few minutes: ask right before the request. */
export async function signBrowserUpload(
  transfer: TransferAddress,
  request: SignBrowserUploadRequest,
  signal?: AbortSignal,
): Promise<string> {
  const { url } = await fetchJson({
    path: `${pathOf(transfer)}/sign`,
    schema: signBrowserUploadResponse,
    method: 'POST',
    body: request,
    ...(signal ? { signal } : {}),
  });
  return url;
}

/** What became of a transfer; null when the server knows nothing of it any more. */
export async function readBrowserUpload(
  transfer: TransferAddress,
  signal: AbortSignal,
): Promise<BrowserUploadResponse | null> {
  try {
    return await fetchJson({ path: pathOf(transfer), schema: browserUploadResponse, signal });
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return null;
    throw error;
  }
}
