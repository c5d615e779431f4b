import type { z } from 'zod';
import { roleConfig } from '#lib/config/role-config.ts';
import { errors } from '../core/errors.ts';
import type { TokenActor, UserActor } from '../services/actor.ts';
import { requireSession, requireToken } from './authenticate.ts';
import { getLogger } from './logger.ts';
import { requireOwnOrigin } from './own-origin.ts';
import { parseInput } from './parse-input.ts';
import { readJsonBody } from './read-json-body.ts';
import { renderError } from './render-error.ts';
import { requestIdOf } from './request-id.ts';

/**
 * `session`: people, through the dashboard's cookie; writes must come from its own pages.
 * `token`: programs of the v1 API. `none`: open to everybody, with other guards inside.
 */
type RouteAuth = 'session' | 'token' | 'none';

interface ActorOf {
  session: UserActor;
  token: TokenActor;
  none: null;
}

interface RouteInput<Auth extends RouteAuth, Params, Query, Body> {
  readonly actor: ActorOf[Auth];
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly request: Request;
  readonly requestId: string;
}

interface RouteDefinition<Auth extends RouteAuth, Params, Query, Body> {
  readonly auth: Auth;
  /** Parts of the path; what does not parse is an address that does not exist. */
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** Bytes; 1 MiB unless told. */
  readonly bodyLimit?: number;
  /** Shape of the answer: a field that it does not name does not leave the server. */
  readonly response?: z.ZodType;
  /** Of a good answer; 200 unless told. */
  readonly status?: number;
  /** Returns the JSON answer, nothing (204), or a whole `Response` for what is not JSON. */
  readonly handler: (input: RouteInput<Auth, Params, Query, Body>) => unknown;
}

/** What Next passes beside the request. */
interface RouteContext {
  readonly params: Promise<unknown>;
}

type RouteHandler = (request: Request, context?: RouteContext) => Promise<Response>;

/**
 * A route handler of the web role: authenticates, parses, calls, renders errors.
 *
 * @example
 * export const GET = defineRoute({
 *   auth: 'session',
 *   params: z.object({ id: idParameter }),
 *   response: tableResponse,
 *   handler: ({ actor, params }) => getTable(actor, params.id),
 * });
 */
export function defineRoute<
  Auth extends RouteAuth,
  Params = undefined,
  Query = undefined,
  Body = undefined,
>(definition: RouteDefinition<Auth, Params, Query, Body>): RouteHandler {
  return async (request, context) => {
    const requestId = requestIdOf(request.headers);
    const started = performance.now();
    const response = await answer(definition, { request, context, requestId });
    getLogger().debug(
      {
        requestId,
        method: request.method,
        path: new URL(request.url).pathname,
        status: response.status,
        milliseconds: Math.round(performance.now() - started),
      },
      'request',
    );
    return response;
  };
}

interface Call {
  readonly request: Request;
  readonly context: RouteContext | undefined;
  readonly requestId: string;
}

async function answer<Auth extends RouteAuth, Params, Query, Body>(
  definition: RouteDefinition<Auth, Params, Query, Body>,
  call: Call,
): Promise<Response> {
  const { requestId } = call;
  try {
    const input = await readInput(definition, call);
    const result = await definition.handler(input);
    return renderResult(definition, { result, requestId });
  } catch (error) {
    const style = definition.auth === 'token' ? 'v1' : 'dashboard';
    return renderError(error, { requestId, style });
  }
}

async function readInput<Auth extends RouteAuth, Params, Query, Body>(
  definition: RouteDefinition<Auth, Params, Query, Body>,
  { request, context, requestId }: Call,
): Promise<RouteInput<Auth, Params, Query, Body>> {
  const actor = await authenticate(definition.auth, request);
  const params = readParams(definition.params, await context?.params);
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const body = definition.body ? await readJsonBody(request, definition.bodyLimit) : undefined;
  return {
    actor,
    params,
    query: parseDeclared(definition.query, query),
    body: parseDeclared(definition.body, body),
    request,
    requestId,
  };
}

async function authenticate<Auth extends RouteAuth>(
  auth: Auth,
  request: Request,
): Promise<ActorOf[Auth]>;
async function authenticate(
  auth: RouteAuth,
  request: Request,
): Promise<UserActor | TokenActor | null> {
  const { headers, method } = request;
  if (auth === 'token') return requireToken(headers);
  if (method !== 'GET' && method !== 'HEAD') {
    const { publicUrl } = roleConfig();
    requireOwnOrigin(headers, { publicUrl, mayBeMissing: auth === 'none' });
  }
  return auth === 'session' ? requireSession(headers) : null;
}

function readParams<Params>(schema: z.ZodType<Params> | undefined, params: unknown): Params {
  if (!schema || schema.safeParse(params).success) return parseDeclared(schema, params);
  const given = Object.values((params ?? {}) as Record<string, unknown>).join('/');
  throw errors.notFound('such object:', given);
}

function parseDeclared<Value>(schema: z.ZodType<Value> | undefined, input: unknown): Value {
  // Without a schema the type argument is undefined, and so is the value.
  return schema ? parseInput(schema, input) : (undefined as Value);
}

function renderResult(
  definition: { readonly response?: z.ZodType; readonly status?: number },
  { result, requestId }: { readonly result: unknown; readonly requestId: string },
): Response {
  if (result instanceof Response) {
    result.headers.set('x-request-id', requestId);
    return result;
  }
  const headers = { 'cache-control': 'no-store', 'x-request-id': requestId };
  if (result === undefined) return new Response(null, { status: 204, headers });
  // An answer that breaks its own contract is a defect of ours, not of the caller.
  const body = definition.response ? parseOwn(definition.response, result) : result;
  return Response.json(body, { status: definition.status ?? 200, headers });
}

function parseOwn(schema: z.ZodType, result: unknown): unknown {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  throw new Error('The answer breaks its contract.', { cause: parsed.error });
}
