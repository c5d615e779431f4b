import type { AudienceCatalog } from './bound-condition.ts';
import { references } from './references.ts';

export interface OrderedAudiences {
  /** Each behind those that it refers to, circles apart. */
  readonly ids: readonly number[];
  /** Those that are in themselves, or in the audience that they are asked for. */
  readonly circular: ReadonlySet<number>;
}

interface OrderOptions {
  readonly catalog: AudienceCatalog;
  /** The audience whose conditions are looked at, if it has an id: none may lead back to it. */
  readonly audienceId?: number | undefined;
}

/**
 * The audiences that some refer to, themselves or through others. Each is looked at once and none from inside another,
 * so that neither their number nor a long chain of them costs more than reading them (Tarjan's components of a graph).
 *
 * @example orderAudiences([2], { catalog }) // { ids: [1, 2], circular: Set {} } when 2 refers to 1
 */
export function orderAudiences(
  audienceIds: Iterable<number>,
  { catalog, audienceId }: OrderOptions,
): OrderedAudiences {
  const walk = new Walk(catalog, audienceId);
  for (const id of audienceIds) walk.visit(id);
  return walk;
}

interface Step {
  readonly id: number;
  readonly number: number;
  readonly named: ReadonlySet<number>;
  readonly waiting: number[];
  /** The earliest audience that it leads back to. */
  lowest: number;
}

class Walk implements OrderedAudiences {
  readonly ids: number[] = [];
  readonly circular = new Set<number>();
  readonly #catalog: AudienceCatalog;
  readonly #own: number | undefined;
  readonly #numbers = new Map<number, number>();
  /** Not yet known whether they are in a circle. */
  readonly #open = new Map<number, Step>();
  readonly #stack: Step[] = [];
  readonly #leadingToOwn = new Set<number>();

  constructor(catalog: AudienceCatalog, own: number | undefined) {
    this.#catalog = catalog;
    this.#own = own;
  }

  visit(audienceId: number): void {
    const path: Step[] = [];
    this.#enter(audienceId, path);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const next = step.waiting.pop();
      if (next === undefined) {
        path.pop();
        this.#leave(step, path.at(-1));
      } else if (!this.#numbers.has(next)) {
        this.#enter(next, path);
      } else {
        step.lowest = Math.min(step.lowest, this.#open.get(next)?.number ?? step.lowest);
      }
    }
  }

  #enter(id: number, path: Step[]): void {
    const audience = this.#catalog.audience(id);
    if (!audience || id === this.#own || this.#numbers.has(id)) return;
    const named = references(audience.condition).audienceIds;
    const number = this.#numbers.size;
    const step = { id, number, named, waiting: [...named], lowest: number };
    this.#numbers.set(id, number);
    this.#open.set(id, step);
    this.#stack.push(step);
    path.push(step);
  }

  #leave(step: Step, above: Step | undefined): void {
    if (above) above.lowest = Math.min(above.lowest, step.lowest);
    if (step.lowest < step.number) return;
    const circle = this.#stack.splice(this.#stack.lastIndexOf(step));
    const named = new Set(circle.flatMap((one) => [...one.named]));
    const leadsToOwn = [...named].some((id) => id === this.#own || this.#leadingToOwn.has(id));
    const isCircular = leadsToOwn || circle.length > 1 || named.has(step.id);
    for (const { id } of circle) {
      this.#open.delete(id);
      this.ids.push(id);
      if (isCircular) this.circular.add(id);
      if (leadsToOwn) this.#leadingToOwn.add(id);
    }
  }
}
