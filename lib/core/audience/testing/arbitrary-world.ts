import fc from 'fast-check';
import { valueTypes } from '#lib/core/datatypes/types.ts';
import type { AudienceCatalog, CatalogAttribute, CatalogAudience } from '../bound-condition.ts';
import type { Condition } from '../condition.ts';
import { arbitraryCondition, type PooledAttribute } from './arbitrary-condition.ts';
import { valueFamilies } from './value-families.ts';

/** One row: texts of its values by attribute id; what is missing has no value. */
export interface WorldRow {
  readonly tableId: number;
  readonly customerId: string;
  readonly values: ReadonlyMap<number, string>;
}

/** An empty customer ID, which a file may bring, is no alias. */
interface WorldAlias {
  readonly userId: string;
  readonly tableId: number;
  readonly customerId: string;
}

/** A small service with everything that an audience can meet in it. */
export interface World {
  readonly now: Date;
  readonly tableIds: readonly number[];
  readonly attributes: readonly CatalogAttribute[];
  readonly rows: readonly WorldRow[];
  readonly aliases: readonly WorldAlias[];
  /** Audiences that trees may refer to. */
  readonly audiences: readonly CatalogAudience[];
  readonly conditions: readonly Condition[];
}

/** Table 1 is the one of the users. */
export const hubTableId = 1;
const allTableIds: readonly number[] = [hubTableId, 2, 3];

/** Two attributes of every datatype in every table. */
export const worldAttributes: readonly CatalogAttribute[] = allTableIds.flatMap((tableId) =>
  [...valueTypes, ...valueTypes].map((type, index) => ({
    id: tableId * 100 + index,
    tableId,
    name: `${type} ${index}`,
    tableName: `Table ${tableId}`,
    type,
    isArchived: false,
  })),
);

const clocks = [
  '2024-02-29T12:34:56.789Z',
  '2023-02-28T00:00:00.000Z',
  '2024-12-31T23:59:59.999Z',
  '2026-03-01T06:00:00.500Z',
].map((text) => new Date(text));

const customerIds = ['c1', 'c2', 'c3', 'c4', 'C1'];

/** @param trees how many conditions to try in each world. */
export function arbitraryWorld(trees: number): fc.Arbitrary<World> {
  return arbitrarySchema().chain(({ now, tableIds, pooled }) => {
    const condition = (audienceIds: readonly number[]) =>
      arbitraryCondition({ attributes: pooled, audienceIds });
    return fc.record({
      now: fc.constant(now),
      tableIds: fc.constant(tableIds),
      attributes: fc.constant(pooled.map(({ attribute }) => attribute)),
      rows: arbitraryRows(tableIds, pooled),
      aliases: arbitraryAliases(tableIds),
      audiences: fc.tuple(condition([]), condition([71]), fc.boolean()).map(audiencesOf),
      conditions: fc.array(condition([71, 72, 73]), { minLength: trees, maxLength: trees }),
    });
  });
}

interface Schema {
  readonly now: Date;
  readonly tableIds: readonly number[];
  readonly pooled: readonly PooledAttribute[];
}

function arbitrarySchema(): fc.Arbitrary<Schema> {
  return fc
    .record({
      now: fc.constantFrom(...clocks),
      tableIds: fc.constantFrom<readonly number[]>([1], [1, 2], [1, 2, 3], [1, 2, 3]),
      archived: fc.array(fc.constantFrom(...worldAttributes), { maxLength: 3 }),
    })
    .chain(({ now, tableIds, archived }) => {
      const inTables = worldAttributes.filter(({ tableId }) => tableIds.includes(tableId));
      const pooled = fc
        .shuffledSubarray(inTables, { minLength: 4, maxLength: 12 })
        .chain((used) => fc.tuple(...used.map((attribute) => arbitraryPool(attribute, now))))
        .map((all) =>
          all.map(({ attribute, pool }) => ({
            attribute: { ...attribute, isArchived: archived.includes(attribute) },
            pool,
          })),
        );
      return fc.record({ now: fc.constant(now), tableIds: fc.constant(tableIds), pooled });
    });
}

function arbitraryPool(attribute: CatalogAttribute, now: Date): fc.Arbitrary<PooledAttribute> {
  const family = fc.constantFrom(...valueFamilies(attribute.type, now));
  return fc
    .array(family, { minLength: 1, maxLength: 2 })
    .map((families) => ({ attribute, pool: [...new Set(families.flat())] }));
}

function audiencesOf([first, second, isArchived]: [
  Condition,
  Condition,
  boolean,
]): CatalogAudience[] {
  return [
    { id: 71, name: 'First', isArchived: false, condition: first },
    { id: 72, name: 'Second', isArchived, condition: second },
  ];
}

function arbitraryRows(
  tableIds: readonly number[],
  pooled: readonly PooledAttribute[],
): fc.Arbitrary<WorldRow[]> {
  const rowsOf = tableIds.map((tableId) => {
    const cells = pooled
      .filter(({ attribute }) => attribute.tableId === tableId)
      .map(({ attribute, pool }) =>
        fc
          .option(fc.constantFrom(...pool), { freq: 4 })
          .map((value) => [attribute.id, value] as const),
      );
    const row = fc.record({
      tableId: fc.constant(tableId),
      customerId: fc.constantFrom(...customerIds),
      values: fc
        .tuple(...cells)
        .map((all) => new Map(all.flatMap(([id, value]) => (value === null ? [] : [[id, value]])))),
    });
    return fc.uniqueArray(row, { selector: ({ customerId }) => customerId, maxLength: 5 });
  });
  return fc.tuple(...rowsOf).map((rows) => rows.flat());
}

/** Users with and without a row of their own, to customers with and without one. */
function arbitraryAliases(tableIds: readonly number[]): fc.Arbitrary<WorldAlias[]> {
  const others = tableIds.filter((tableId) => tableId !== hubTableId);
  if (others.length === 0) return fc.constant([]);
  const alias = fc.record({
    userId: fc.constantFrom('c1', 'c2', 'c3', 'u4'),
    tableId: fc.constantFrom(...others),
    customerId: fc.constantFrom(...customerIds, ''),
  });
  return fc.uniqueArray(alias, {
    selector: ({ userId, tableId }) => `${userId} ${tableId}`,
    maxLength: 6,
  });
}

/** What the world's conditions may refer to. */
export function catalogOf(world: Pick<World, 'attributes' | 'audiences'>): AudienceCatalog {
  return {
    attribute: (tableId, id) =>
      world.attributes.find((attribute) => attribute.tableId === tableId && attribute.id === id),
    audience: (id) => world.audiences.find((audience) => audience.id === id),
  };
}
