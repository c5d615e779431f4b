/** Where in the JSON form: `[1, 'value']` is the value of the first condition of the outermost group. */
export type ConditionPath = readonly (string | number)[];

/** Why an audience cannot be saved as it is. */
export interface ConditionFault {
  readonly path: ConditionPath;
  /** One sentence for the rule that it stands at. */
  readonly message: string;
}

/**
 * @example formatPath([1, 2, 'value']) // 'conditions[1][2].value'
 */
export function formatPath(path: ConditionPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${part}`),
    'conditions',
  );
}
