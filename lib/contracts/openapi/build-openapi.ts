import { z } from 'zod';
import { errorResponse, largestId } from '../common.ts';
import { codeSamplesOf } from './code-samples.ts';
import { configurationOperations } from './configuration-operations.ts';
import { faultsOf } from './faults.ts';
import { operationIdOf, rightsOf, type Operation } from './operation.ts';
import { privacyOperations } from './privacy-operations.ts';
import { profileOperations } from './profile-operations.ts';

/** All calls of the REST API. */
export const operations: readonly Operation[] = [
  ...configurationOperations,
  ...profileOperations,
  ...privacyOperations,
];

type Json = Readonly<Record<string, unknown>>;

/**
 * The REST API as an OpenAPI 3.1 document, made of the contracts that parse requests and check answers.
 *
 * @param origins where the API is, the first one preferred.
 */
export function buildOpenApi(origins: readonly string[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  const [origin = ''] = origins;
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation, origin);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpenDCP REST API',
      version: '1.0',
      description:
        'Answers the calls of Optimizely’s Dynamic Customer Profiles API 1.0. Every address may end with a slash.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: origins.map((url) => ({ url })),
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'apiKey',
          in: 'header',
          name: 'Token',
          description: 'A classic API token, made under Settings > API tokens.',
        },
      },
      schemas: { Error: toSchema(errorResponse, 'output') },
    },
  };
}

function describe(operation: Operation, origin: string): Json {
  const { path, summary, description, tag, body, example } = operation;
  const rights = rightsOf(operation).map((right) => `\`${right}\``);
  return {
    operationId: operationIdOf(operation),
    summary,
    description: `${description} Needs the right ${rights.join(' or ')}.`,
    tags: [tag],
    parameters: [...pathParameters(path), ...queryParameters(operation)],
    ...(body ? { requestBody: { required: true, content: bodyContent(body, example) } } : {}),
    responses: { ...goodAnswer(operation), ...badAnswers(operation) },
    'x-codeSamples': codeSamplesOf(operation, { origin }),
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema:
      name === 'customerId'
        ? { type: 'string', minLength: 1, maxLength: 1024 }
        : { type: 'integer', minimum: 1, maximum: largestId },
  }));
}

function queryParameters({ query }: Operation): Json[] {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: toSchema(schema as z.ZodType, 'output'),
  }));
}

function goodAnswer({ status, response, files }: Operation): Json {
  const types = files?.map((type) => [type, { schema: { type: 'string' } }] as const) ?? [];
  const content = response ? jsonContent(toSchema(response, 'output')) : Object.fromEntries(types);
  const isEmpty = Object.keys(content).length === 0;
  return {
    [status]: isEmpty ? { description: 'Done.' } : { description: 'The answer.', content },
  };
}

function badAnswers(operation: Operation): Json {
  const content = jsonContent({ $ref: '#/components/schemas/Error' });
  return Object.fromEntries(
    faultsOf(operation).map(({ status, meaning }) => [status, { description: meaning, content }]),
  );
}

function bodyContent(body: z.ZodType, example: unknown): Json {
  return { 'application/json': { schema: toSchema(body, 'input'), example } };
}

function jsonContent(schema: Json): Json {
  return { 'application/json': { schema } };
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const described = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  // The document as a whole says which dialect it is in.
  delete described.$schema;
  return described;
}
