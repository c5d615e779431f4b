import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { systemActor } from '#lib/services/actor.ts';
import { ensureAliasAttributes } from '#lib/services/aliases/alias-attribute.ts';
import { createAudience } from '#lib/services/audiences/save-audience.ts';
import { createProject } from '#lib/services/projects.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { createTable } from '#lib/store/physical-tables.ts';
import { seededRandom } from '#lib/core/seeded-random.ts';
import type { BenchTable } from '../bench-table.ts';
import { benchAttributes } from '../data.ts';

interface DefineOptions {
  readonly audiences: number;
  readonly seed: number;
}

const mostRules = 20;

/** Aliases a tenth of the customers to users, and defines audiences of 1 to 20 rules about all attributes. */
export async function defineAudiences(
  { tableId, columns }: BenchTable,
  { audiences, seed }: DefineOptions,
): Promise<void> {
  const { service } = await getDb().table.findUniqueOrThrow({
    where: { id: tableId },
    include: { service: true },
  });
  await addUsers(service.id, tableId);
  const actor = systemActor(service.accountId);
  const project = await createProject(actor, { name: 'Bench', serviceId: service.id });
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item | undefined =>
    items[Math.floor(random() * items.length)];
  const rule = () => {
    const attribute = pick(benchAttributes);
    const index = benchAttributes.findIndex(({ name }) => name === attribute?.name);
    return {
      type: 'external_attribute',
      dcp_datasource_id: tableId,
      dcp_datasource_attribute_id: columns[index]?.attributeId,
      ...pick(questions[attribute?.name ?? 'city']),
    };
  };
  for (let number = 1; number <= audiences; number += 1) {
    const rules = Array.from({ length: 1 + Math.floor(random() * mostRules) }, rule);
    const half = Math.ceil(rules.length / 2);
    const groups = [rules.slice(0, half), rules.slice(half)].filter((part) => part.length > 0);
    const conditions = ['and', ...groups.map((part) => ['or', ...part])];
    await createAudience(actor, {
      projectId: project.id,
      name: `Audience ${number}`,
      description: null,
      conditions: JSON.stringify(conditions),
      layout: null,
    });
  }
}

const questions: Readonly<Record<(typeof benchAttributes)[number]['name'], readonly object[]>> = {
  city: [
    { match_type: 'exact', value: 'Berlin' },
    { match_type: 'any_of', value: ['Oslo', 'Nice', 'Delhi'] },
    { match_type: 'substring', value: 'PAULO', ignore_case: true },
  ],
  plan: [
    { match_type: 'exact', value: 'premium' },
    { match_type: 'starts_with', value: 'ent' },
  ],
  newsletter: [{ match_type: 'exact', value: true }],
  orders: [
    { match_type: 'gt', value: 2_500 },
    { match_type: 'between', value: [100, 1_000] },
  ],
  revenue: [{ match_type: 'le', value: 5_000.5 }],
  birthday: [
    { match_type: 'before', value: '1980-01-01' },
    { match_type: 'anniversary', value: 'today' },
  ],
  last_visit: [{ match_type: 'in_last_days', value: 90 }],
  signed_up: [{ match_type: 'exists' }, { match_type: 'after', value: '2020-01-01' }],
};

async function addUsers(serviceId: number, tableId: number): Promise<void> {
  const hub = await getDb().table.create({
    data: { serviceId, name: 'Optimizely', isOptimizely: true, keyKind: 'uid' },
  });
  await createTable(getPool(), hub.id);
  await ensureAliasAttributes();
  const alias = await getDb().attribute.findUniqueOrThrow({ where: { aliasTableId: tableId } });
  await getPool().query(
    `INSERT INTO ${tableName(hub.id)} (customer_id, updated_at, ${columnName(alias.id)})
     SELECT 'oeu' || row_number() OVER (), now(), customer_id
     FROM ${tableName(tableId)} WHERE hashtext(customer_id) % 10 = 0`,
  );
  await getPool().query(`VACUUM (ANALYZE) ${tableName(hub.id)}`);
}
