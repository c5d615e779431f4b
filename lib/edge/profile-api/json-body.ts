import type { FastifyInstance } from 'fastify';
import { parseJsonExact } from '../../core/datatypes/exact-number.ts';
import { errors } from '../../core/errors.ts';

/** JSON bodies are read so that no number loses a digit; other media types are refused. */
export function registerJsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parse(body));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function parse(body: string | Buffer): unknown {
  const text = decode(body);
  if (text.trim() === '') throw errors.invalid('The request has no body; send JSON.');
  try {
    return parseJsonExact(text);
  } catch {
    throw errors.invalid('The body is not valid JSON.');
  }
}

function decode(body: string | Buffer): string {
  if (typeof body === 'string') return body;
  try {
    return decoder.decode(body);
  } catch {
    throw errors.invalid('The body is not valid UTF-8.');
  }
}
