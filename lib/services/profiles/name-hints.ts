import { nearestName } from '../../core/csv/edit-distance.ts';
import type { ProfileTable } from './profile-table.ts';

/** Names that are looked for in one request: each is compared with every attribute. */
const mostNames = 20;

/** Which attribute was meant by a name that is none, for one request of any number of rows. */
export class NameHints {
  readonly #names: readonly string[];
  readonly #hints = new Map<string, string>();

  constructor({ attributes }: Pick<ProfileTable, 'attributes'>) {
    this.#names = attributes.map(({ name }) => name);
  }

  /** A sentence behind "no such attribute", with a blank before it; nothing for the names after the first twenty. */
  of(name: string): string {
    const known = this.#hints.get(name);
    if (known !== undefined) return known;
    if (this.#hints.size >= mostNames) return '';
    const nearest = nearestName(name, this.#names);
    const hint = nearest === null ? ' Register it first.' : ` Did you mean "${nearest}"?`;
    this.#hints.set(name, hint);
    return hint;
  }
}
