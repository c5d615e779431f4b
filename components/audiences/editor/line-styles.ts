/** A rule's or a group's line: handle, sentence, count, menu. */
export const lineStyles = 'flex flex-wrap items-start gap-1';

/** In a narrow builder the count has a line of its own below the sentence. */
export const countStyles =
  'py-1 @xl/builder:ml-1 @xl/builder:w-24 @max-xl/builder:order-last @max-xl/builder:w-full @max-xl/builder:pr-2 @max-xl/builder:pl-9';
