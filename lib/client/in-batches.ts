import { toJson } from './to-json.ts';

/** Of one call. */
const mostItems = 1_000;
/** Characters of JSON, at most three bytes each: well below the 8 MiB that a call may have. */
const mostCharacters = 2_000_000;

/** Groups items so that each group is one call, in their order. */
export async function* inBatches<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
): AsyncGenerator<readonly Item[]> {
  let batch: Item[] = [];
  let characters = 0;
  for await (const item of items) {
    const length = toJson(item).length;
    if (batch.length === mostItems || (batch.length > 0 && characters + length > mostCharacters)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(item);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}
