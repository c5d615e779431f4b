/** Visits what comes one after the other; what was visited before a failure stays visited. */
export async function forEach<Item>(
  items: AsyncIterable<Item>,
  visit: (item: Item) => unknown,
): Promise<void> {
  for await (const item of items) visit(item);
}
