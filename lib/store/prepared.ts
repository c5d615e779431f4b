import { createHash } from 'node:crypto';

/** A statement that is used as often as this is worth its memory in each session. */
const oftenEnough = 5;

/** So many texts are remembered; then the count begins anew. */
const mostTexts = 500;

interface Usage {
  times: number;
  readonly name: string;
}

const usage = new Map<string, Usage>();

interface PreparedQuery<Values> {
  readonly text: string;
  readonly values: Values;
  readonly name?: string;
}

/**
 * A query that PostgreSQL parses and plans once per session, from its fifth use on. Texts differ by table and by
 * the attributes that are named, of which there may be any number: rare ones are planned each time.
 *
 * @example await pool.query(prepared('SELECT 1 WHERE $1', [true]))
 */
export function prepared<Values>(text: string, values: Values): PreparedQuery<Values> {
  const known = usage.get(text);
  if (!known) {
    if (usage.size >= mostTexts) usage.clear();
    // Named by its text: a session that prepared another text under this name would be an error.
    const name = `p_${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
    usage.set(text, { times: 1, name });
    return { text, values };
  }
  known.times += 1;
  return known.times < oftenEnough ? { text, values } : { text, values, name: known.name };
}
