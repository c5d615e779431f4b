import type { DbTransaction } from '#lib/db/client.ts';
import type { ProfileSpace } from '#lib/store/audience/profile-space.ts';
import type { ProfileReading } from '#lib/store/audience/read-values.ts';
import type { StoredColumn } from '#lib/store/names.ts';
import { bindConditions } from '../../core/audience/bind-conditions.ts';
import type { BoundCondition, CatalogAttribute } from '../../core/audience/bound-condition.ts';
import { attributesOf } from '../../core/audience/attributes-of.ts';
import { loadCatalog, storedCondition } from '../audiences/load-catalog.ts';
import { loadDeclaredSpace } from '../audiences/load-space.ts';

interface KnownAudience {
  readonly id: number;
  readonly name: string;
  readonly projectId: number;
  readonly condition: BoundCondition;
}

/** All audiences that a service's customers can be in, of every project that is linked to it. */
export class KnownAudiences {
  /** In the order of their ids. */
  readonly audiences: readonly KnownAudience[];
  /** What decides about them, by attribute id. */
  readonly attributes: ReadonlyMap<number, CatalogAttribute>;
  readonly #space: ProfileSpace;
  readonly #columns: ReadonlyMap<number, readonly StoredColumn[]>;
  readonly #readings = new Map<number, ProfileReading>();

  constructor(audiences: readonly KnownAudience[], space: ProfileSpace) {
    this.audiences = audiences;
    this.attributes = new Map(
      audiences
        .flatMap(({ condition }) => attributesOf(condition))
        .map((attribute) => [attribute.id, attribute]),
    );
    this.#space = space;
    const byTable = Map.groupBy(this.attributes.values(), ({ tableId }) => tableId);
    this.#columns = new Map([...byTable].map(([tableId, own]) => [tableId, own.map(toColumn)]));
  }

  /** What to read of the customers of a table; always the same object for one. */
  reading(tableId: number): ProfileReading {
    const known = this.#readings.get(tableId);
    if (known) return known;
    const reading = { space: this.#space, tableId, columns: this.#columns };
    this.#readings.set(tableId, reading);
    return reading;
  }
}

function toColumn({ id, type }: CatalogAttribute): StoredColumn {
  return { attributeId: id, type };
}

export async function findKnownAudiences(
  db: DbTransaction,
  serviceId: number,
): Promise<KnownAudiences> {
  const projects = await db.project.findMany({
    where: { serviceId, archived: false },
    include: { audiences: { where: { archived: false } } },
  });
  const ofProjects = await Promise.all(
    projects.map(async ({ id: projectId, audiences }) => {
      const stored = audiences.map((audience) => ({
        audience,
        condition: storedCondition(audience),
      }));
      const conditions = stored.map(({ condition }) => condition);
      const catalog = await loadCatalog(db, { projectId, serviceId }, conditions);
      return stored.map(({ audience: { id, name }, condition }) => {
        const bound = bindConditions(condition, { catalog, audienceId: id });
        return { id, name, projectId, condition: bound.condition };
      });
    }),
  );
  const audiences = ofProjects.flat().toSorted((left, right) => left.id - right.id);
  return new KnownAudiences(audiences, await loadDeclaredSpace(db, serviceId));
}
