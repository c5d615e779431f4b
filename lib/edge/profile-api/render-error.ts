import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorResponse } from '../../contracts/common.ts';
import { errors, type AppError } from '../../core/errors.ts';
import { describeDefect } from '../../http/logger.ts';
import { toAppError } from '../../services/to-app-error.ts';

/** Answers an error as `{message, uuid, code, fields?}`; a defect shows nothing but the request id. */
export function renderError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = toAppError(error) ?? fromFramework(error);
  if (!known) {
    const fault = { requestId: request.id, error: describeDefect(error) };
    request.log.error(fault, 'request failed');
  }
  const status = known ? statusOf(known) : 500;
  // A caller that is still sending would see a broken connection and not the answer.
  if (status === 413) void reply.removeHeader('connection');
  const body: ErrorResponse = {
    message: known?.message ?? `Something went wrong on our side. Request id: ${request.id}`,
    uuid: request.id,
    code: known?.code ?? 'internal',
    ...(known?.fields ? { fields: { ...known.fields } } : {}),
  };
  if (status === 429 || status === 503) {
    void reply.header('retry-after', String(known?.retryAfter ?? 60));
  }
  void reply.code(status).send(body);
}

/** Optimizely documents 400 for every request that is well-formed and cannot be carried out. */
export function statusOf({ status }: AppError): number {
  return status === 409 ? 400 : status;
}

/** What Fastify itself refuses, in our words. */
function fromFramework(error: unknown): AppError | null {
  switch (codeOf(error)) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return errors.unsupportedMediaType('Send JSON, with Content-Type: application/json.');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return errors.tooLarge('The body is larger than a row can be.');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return errors.invalid('The body is not as long as Content-Length says.');
    case 'FST_ERR_BAD_URL':
      return errors.invalid('The address is not properly percent-encoded.');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return errors.invalid('The customer ID is longer than 1,024 bytes.');
    default:
      return null;
  }
}

function codeOf(error: unknown): FastifyError['code'] | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;
}
