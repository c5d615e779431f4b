import { isMissingObject } from '#lib/store/postgres-error.ts';
import { AppError, errors } from '../../core/errors.ts';
import { currentFacts, rememberedFacts, type Facts } from './facts.ts';

/** Thrown by work that found that the facts it was given have changed; nothing was done then. */
export class FactsChanged extends Error {}

/** Each one means that somebody changed a token or a table within the few milliseconds of the request. */
const mostTries = 5;

/**
 * Answers a request by what this process remembers of tokens and tables, at the price of no query but the
 * request's own: `work` checks the version of the facts in the statement that reads or writes the row, and throws
 * `FactsChanged` when it is another. A refusal is believed only when the facts turn out to be current.
 *
 * @throws {AppError} `unavailable` when the facts change faster than they can be read.
 */
export async function withFacts<Result>(work: (facts: Facts) => Promise<Result>): Promise<Result> {
  let facts = rememberedFacts() ?? (await currentFacts());
  for (let tries = 1; tries <= mostTries; tries++) {
    try {
      return await work(facts);
    } catch (error) {
      if (!dependsOnFacts(error)) throw error;
      const current = await currentFacts();
      if (current === facts) throw error;
      facts = current;
    }
  }
  throw errors.unavailable('Settings are being changed right now. Try again in a minute.');
}

function dependsOnFacts(error: unknown): boolean {
  return error instanceof FactsChanged || error instanceof AppError || isMissingObject(error);
}
