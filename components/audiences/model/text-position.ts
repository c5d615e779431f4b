import type { ConditionPath } from '#lib/core/audience/condition-fault.ts';

/**
 * Where in a JSON text the value at a path begins, to mark what is wrong with it.
 *
 * @returns the offset; of the nearest value around it when the path leads to nothing.
 * @example offsetOfPath('["and", 5]', [1]) // 8
 */
export function offsetOfPath(json: string, path: ConditionPath): number {
  return new PathFinder(json).find(path);
}

/** Lines from 1. @example lineAt('a\nb', 2) // 2 */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Reads JSON that is known to be well-formed. */
class PathFinder {
  readonly #json: string;
  #at = 0;

  constructor(json: string) {
    this.#json = json;
  }

  find(path: ConditionPath): number {
    this.#skipBlanks();
    const start = this.#at;
    const [step, ...rest] = path;
    if (step === undefined) return start;
    const isList = this.#json[start] === '[';
    if (!isList && this.#json[start] !== '{') return start;
    this.#at += 1;
    for (let index = 0; this.#at < this.#json.length; index++) {
      this.#skipBlanks();
      if (this.#json[this.#at] === (isList ? ']' : '}')) break;
      const key = isList ? index : this.#readKey();
      if (key === step) return this.find(rest);
      this.#skipValue();
      this.#skipBlanks();
      if (this.#json[this.#at] === ',') this.#at += 1;
    }
    return start;
  }

  #readKey(): string {
    const start = this.#at;
    this.#skipText();
    const key = this.#json.slice(start + 1, this.#at - 1);
    this.#skipBlanks();
    this.#at += 1; // the colon
    return key;
  }

  #skipValue(): void {
    this.#skipBlanks();
    const first = this.#json[this.#at];
    if (first === '"') {
      this.#skipText();
      return;
    }
    if (first !== '[' && first !== '{') {
      while (this.#at < this.#json.length && !/[,\]}\s]/.test(this.#json[this.#at] ?? ''))
        this.#at++;
      return;
    }
    for (let depth = 0; this.#at < this.#json.length;) {
      const character = this.#json[this.#at];
      if (character === '"') {
        this.#skipText();
        continue;
      }
      this.#at += 1;
      if (character === '[' || character === '{') depth += 1;
      if (character === ']' || character === '}') depth -= 1;
      if (depth === 0) return;
    }
  }

  #skipText(): void {
    this.#at += 1;
    while (this.#at < this.#json.length && this.#json[this.#at] !== '"') {
      this.#at += this.#json[this.#at] === '\\' ? 2 : 1;
    }
    this.#at += 1;
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#json[this.#at] ?? '')) this.#at += 1;
  }
}
