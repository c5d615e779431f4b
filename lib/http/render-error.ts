import type { ErrorResponse } from '../contracts/common.ts';
import type { AppError } from '../core/errors.ts';
import { toAppError } from '../services/to-app-error.ts';
import { describeDefect, getLogger } from './logger.ts';

/** The dashboard's own API, or the v1 API whose codes Optimizely's clients know. */
type ErrorStyle = 'dashboard' | 'v1';

interface RenderOptions {
  readonly requestId: string;
  readonly style: ErrorStyle;
}

/** What a caller sees of an error; a defect shows nothing but the request id. */
export function renderError(error: unknown, { requestId, style }: RenderOptions): Response {
  const known = toAppError(error);
  if (!known) {
    getLogger().error({ requestId, error: describeDefect(error) }, 'request failed');
  } else if (known.status >= 500) {
    getLogger().warn({ requestId, code: known.code, cause: describeCause(known) }, known.message);
  }
  const body: ErrorResponse = {
    message: known?.message ?? `Something went wrong on our side. Request id: ${requestId}`,
    uuid: requestId,
    code: known?.code ?? 'internal',
    ...(known?.fields ? { fields: { ...known.fields } } : {}),
  };
  const status = known ? statusOf(known, style) : 500;
  return Response.json(body, {
    status,
    headers: {
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(status === 429 || status === 503
        ? { 'retry-after': String(known?.retryAfter ?? 60) }
        : {}),
    },
  });
}

function statusOf(error: AppError, style: ErrorStyle): number {
  if (style === 'dashboard') return error.code === 'invalid-fields' ? 422 : error.status;
  // v1 documents 400 for every request that is well-formed and cannot be carried out.
  return error.status === 409 ? 400 : error.status;
}

function describeCause(error: AppError): unknown {
  return error.cause === undefined ? undefined : describeDefect(error.cause);
}
