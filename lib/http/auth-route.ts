import { roleConfig } from '#lib/config/role-config.ts';
import { signInRequest } from '../contracts/auth.ts';
import { AppError, errors } from '../core/errors.ts';
import { getAuth } from '../services/auth/auth.ts';
import { requireOwnOrigin } from './own-origin.ts';
import { parseInput } from './parse-input.ts';
import { readJsonBody } from './read-json-body.ts';
import { renderError } from './render-error.ts';
import { requestIdOf } from './request-id.ts';

const bodyLimit = 16 * 1024;

/**
 * Passes sign-in, sign-out and the session on to better-auth, and nothing else of what it can do.
 * Its refusals come out in the form that every other answer has.
 */
export async function handleAuthRequest(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    const response = await getAuth().handler(await toAuthRequest(request));
    if (!response.ok) throw await toError(response);
    response.headers.set('cache-control', 'no-store');
    response.headers.set('x-request-id', requestId);
    return response;
  } catch (error) {
    return renderError(error, { requestId, style: 'dashboard' });
  }
}

async function toAuthRequest(request: Request): Promise<Request> {
  const { pathname } = new URL(request.url);
  const { headers, method } = request;
  const { publicUrl } = roleConfig();
  switch (`${method} ${pathname.replace(/^\/api\/auth\//, '')}`) {
    case 'GET get-session':
      return request;
    case 'POST sign-out':
      requireOwnOrigin(headers, { publicUrl, mayBeMissing: false });
      return withBody(request, {});
    case 'POST sign-in/email':
      requireOwnOrigin(headers, { publicUrl, mayBeMissing: true });
      return withBody(request, parseInput(signInRequest, await readJsonBody(request, bodyLimit)));
    default:
      throw errors.notFound('address', pathname);
  }
}

/** A copy that carries only what was checked. */
function withBody(request: Request, body: unknown): Request {
  const headers = new Headers(request.headers);
  headers.set('content-type', 'application/json');
  headers.delete('content-length');
  return new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function toError(response: Response): Promise<Error> {
  switch (response.status) {
    case 401:
      return new AppError({
        code: 'invalid-credentials',
        message: 'The email address or the password is not right.',
        status: 401,
      });
    case 429:
      return errors.rateLimited('Too many attempts. Wait a minute and try again.');
    case 403:
      return errors.forbidden('This request did not come from this dashboard’s own address.');
    default: {
      const text = await response.text();
      return new Error(`Sign-in answered ${response.status}: ${text.slice(0, 200)}`);
    }
  }
}
