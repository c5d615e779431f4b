/**
 * The words of an attribute name, in lower case: split on everything that is no letter or digit, and where
 * camelCase or a digit begins a new word.
 *
 * @example splitWords('lastPurchase_At') // ['last', 'purchase', 'at']
 * @example splitWords('SSNumber2') // ['ss', 'number', '2']
 */
export function splitWords(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\d)/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '');
}
