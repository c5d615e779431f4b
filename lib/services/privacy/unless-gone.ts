import { isMissingObject } from '#lib/store/postgres-error.ts';

/** What a read or a deletion gives, or `otherwise` when its table or column was deleted meanwhile. */
export async function unlessGone<Value>(work: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (isMissingObject(error)) return otherwise;
    throw error;
  }
}
