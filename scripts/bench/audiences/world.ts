import { createAttributeRequest } from '#lib/contracts/attributes.ts';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { createAttributes } from '#lib/services/attributes/create-attributes.ts';
import { insertProject } from '#lib/services/projects.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';

/** A table of the bench: SQL of its columns by name, and rules about them. */
interface WorldTable {
  readonly tableId: number;
  readonly table: string;
  readonly column: (name: string) => string;
  /** In the JSON form. */
  readonly rule: (name: string, match: string, value?: unknown) => unknown;
}

/** Customers of a shop, and the Optimizely users that four in five of them are. */
export interface BenchWorld {
  readonly account: TestAccount;
  readonly customers: WorldTable;
  readonly users: WorldTable;
  /** Which customer a user is. */
  readonly alias: string;
}

const customerAttributes = [
  { name: 'city', datatype: 'string' },
  { name: 'plan', datatype: 'string' },
  { name: 'newsletter', datatype: 'bool' },
  { name: 'orders', datatype: 'long' },
  { name: 'revenue', datatype: 'double' },
  { name: 'birthday', datatype: 'datetime', format: 'yyyy-mm-dd' },
  { name: 'last_visit', datatype: 'datetime', format: 'yyyy-mm-ddThh:mm:ssZ' },
  { name: 'signed_up', datatype: 'datetime', format: 'epoch' },
] as const;

const userAttributes = [
  { name: 'device', datatype: 'string' },
  { name: 'visits', datatype: 'long' },
  { name: 'app', datatype: 'bool' },
  { name: 'seen', datatype: 'datetime', format: 'yyyy-mm-ddThh:mm:ssZ' },
] as const;

const cities = `(ARRAY['Berlin','Lisbon','Oslo','São Paulo','New York','Kraków','Delhi','Nice'])`;
const plans = `(ARRAY['free','basic','premium','enterprise'])`;
const devices = `(ARRAY['mobile','desktop','tablet'])`;

/** Both tables, empty. */
export async function createWorld(): Promise<BenchWorld> {
  const account = await createTestAccount('Bench');
  const { administrator, editor, serviceId } = account;
  await inTransaction((tx) => insertProject(tx, administrator, { name: 'Site', serviceId }));
  const { id: tableId, attributes } = await createTestTable(editor, customerAttributes);
  const hub = await getDb().table.findFirstOrThrow({ where: { serviceId, isOptimizely: true } });
  const requests = userAttributes.map((attribute) => createAttributeRequest.parse(attribute));
  const ofUsers = await createAttributes(editor, hub.id, requests);
  const alias = await getDb().attribute.findUniqueOrThrow({ where: { aliasTableId: tableId } });
  return {
    account,
    customers: toWorldTable(tableId, attributes),
    users: toWorldTable(hub.id, ofUsers),
    alias: columnName(alias.id),
  };
}

function toWorldTable(
  tableId: number,
  attributes: readonly { readonly id: number; readonly name: string }[],
): WorldTable {
  const idOf = (name: string) => {
    const found = attributes.find((attribute) => attribute.name === name);
    if (!found) throw new Error(`There is no attribute ${name}.`);
    return found.id;
  };
  return {
    tableId,
    table: tableName(tableId),
    column: (name) => columnName(idOf(name)),
    rule: (name, match, value) => ({
      type: 'external_attribute',
      dcp_datasource_id: tableId,
      dcp_datasource_attribute_id: idOf(name),
      match_type: match,
      ...(value === undefined ? {} : { value }),
    }),
  };
}

/** Customers in the order in which they signed up; a city's come in runs, as from files of one shop each. */
export async function fillCustomers({ customers }: BenchWorld, rows: number): Promise<void> {
  await fill(customers, rows, {
    customer_id: 'md5(n::text)',
    city: `${cities}[1 + CASE WHEN n % 3 = 0 THEN n / 5000 % 8 ELSE hashint4(n) & 7 END]`,
    plan: `${plans}[1 + (hashint4(n + 7) & 3)]`,
    newsletter: 'CASE WHEN hashint4(n + 9) & 3 > 0 THEN hashint4(n + 5) & 1 = 0 END',
    orders: 'hashint4(n + 11) & 4095',
    revenue: '(hashint4(n + 13) & 1048575) / 100.0',
    birthday: `date '1940-01-01' + (hashint4(n + 17) & 32767) % 25000`,
    last_visit: `timestamp '2026-01-01' + (hashint4(n + 19) & 8388607) * interval '3 seconds'`,
    signed_up: '1500000000 + n * 10',
  });
}

/** Half as many users as customers. */
export async function fillUsers({ users, alias }: BenchWorld, customers: number): Promise<void> {
  const number = `1 + (hashint4(n + 1) & 2147483647) % ${customers}`;
  await fill(users, Math.floor(customers / 2), {
    customer_id: `'oeu' || n`,
    device: `${devices}[1 + (hashint4(n) & 1023) % 3]`,
    visits: 'hashint4(n + 3) & 255',
    app: 'hashint4(n + 5) & 1 = 0',
    seen: `timestamp '2026-01-01' + (hashint4(n + 29) & 8388607) * interval '3 seconds'`,
    [alias]: `CASE WHEN n % 5 > 0 THEN md5((${number})::text) END`,
  });
}

async function fill(
  { tableId, table, column }: WorldTable,
  rows: number,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const started = performance.now();
  const columns = Object.keys(values).map((name) =>
    /^a_|customer_id/.test(name) ? name : column(name),
  );
  // Two sessions, each with every other customer, so that both ends of the table are alike.
  const insert = (first: number) =>
    getPool().query(
      `INSERT INTO ${table} (updated_at, ${columns.join(', ')})
       SELECT now(), ${Object.values(values).join(', ')} FROM generate_series(${first}, ${rows}, 2) AS n`,
    );
  await Promise.all([insert(1), insert(2)]);
  await getPool().query('INSERT INTO profiles.row_count_delta (table_id, delta) VALUES ($1, $2)', [
    tableId,
    rows,
  ]);
  await getPool().query(`VACUUM (ANALYZE) ${table}`);
  await getPool().query('CHECKPOINT');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${rows.toLocaleString('en')} rows written in ${seconds} s.`);
}
