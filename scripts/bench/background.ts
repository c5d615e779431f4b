import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { getDb } from '#lib/db/client.ts';
import { getPool } from '#lib/db/pool.ts';
import { exportAudience } from '#lib/services/audiences/crossings/export-audience.ts';
import { getBreakdown } from '#lib/services/audiences/crossings/get-breakdown.ts';
import { getOverlap } from '#lib/services/audiences/crossings/get-overlap.ts';
import { findDueAudiences } from '#lib/services/audiences/counts/find-due.ts';
import { recountAudiences } from '#lib/services/audiences/counts/recount-audiences.ts';
import { listAudiences } from '#lib/services/audiences/list-audiences.ts';
import { createAudience } from '#lib/services/audiences/save-audience.ts';
import { listAudiencesParameters } from '#lib/contracts/audiences.ts';
import type { Actor } from '#lib/services/actor.ts';
import { getInsight } from '#lib/services/insight/get-insight.ts';
import { refreshInsights } from '#lib/services/insight/refresh-insights.ts';
import { suggestAttributeValues } from '#lib/services/insight/suggest-attribute-values.ts';
import { insertProject } from '#lib/services/projects.ts';
import { inTransaction } from '#lib/services/transaction.ts';
import { columnName, tableName } from '#lib/store/names.ts';
import { createTestAccount, type TestAccount } from '#lib/testing/test-account.ts';
import { createTestTable, type TestTable } from '#lib/testing/test-table.ts';
import { startBenchServer } from './bench-server.ts';
import { BenchWorker, queueUpload, storeFile, uploadEnded } from './bench-worker.ts';
import { readOptions } from './options.ts';

/**
 * What saved audiences and insights cost in the background, and what is asked of them:
 * `npm run bench -- background --rows 1_000_000 --audiences 1_000`. One customer in ten has an Optimizely user.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { rows, audiences, directory } = readOptions(args, 1_000_000, { audiences: 1_000 });
  const server = await startBenchServer(directory);
  try {
    await measure(rows, audiences, server.directory);
  } finally {
    await server.stop();
  }
}

async function measure(rows: number, audiences: number, directory: string): Promise<void> {
  const account = await createTestAccount('Bench');
  const { editor, administrator, serviceId } = account;
  await inTransaction((tx) => insertProject(tx, administrator, { name: 'Site', serviceId }));
  const table = await createTestTable(editor);
  await fill(account, table, rows);
  console.log(
    `${rows} customers with 7 attributes, one in ten with a user; ${audiences} audiences`,
  );

  const { signal } = new AbortController();
  const background = {
    pool: getPool(),
    signal,
    isPaused: () => false,
    onFailure: (id: number, error: unknown) => {
      throw new Error(`${id} failed.`, { cause: error });
    },
  };
  const text = idOf(table, 'string');
  await timed('insight into one attribute, when it is asked for', () => getInsight(editor, text));
  await timed('insights into all attributes', () => refreshInsights(background));
  await timed('insight into one attribute, as it is kept', () => getInsight(editor, text));
  for (const prefix of ['', 'City 7', 'nobody']) {
    await timed(`values that begin with "${prefix}"`, () =>
      suggestAttributeValues(editor, text, { prefix, limit: 20 }),
    );
  }

  const alone = await startLoads(directory, table, rows);
  await timed('a file that changes every row, without audiences', alone.next);
  await timed('another', alone.next);
  await alone.stop();

  const ids = [await createFor(account, table, 0)];
  await timed('count of one audience', () => recountAudiences(background));
  for (let index = 1; index < audiences; index++) ids.push(await createFor(account, table, index));
  await timed(`count of ${audiences - 1} audiences`, () => recountAudiences(background));
  await timed('look for audiences that are due', findDueAudiences);
  const parameters = listAudiencesParameters.parse({ sort: 'size' });
  await timed('page of the list of audiences', () => listAudiences(editor, parameters));

  const [first = 0] = ids;
  const some = ids.slice(0, 3);
  await timed(`overlap of ${some.length}`, () => getOverlap(editor, some, signal));
  await timed('breakdown by a text', () =>
    getBreakdown(editor, first, { attributeId: text, signal }),
  );
  const everybody = await createAudience(editor, {
    ...{ name: 'Everybody', description: null, layout: null },
    conditions: JSON.stringify(['and', ruleOf(table, 'long', 'exists')]),
  });
  for (const tableId of [undefined, table.id]) {
    await timed(`${rows} members as a file`, () => readFile(editor, everybody, tableId));
  }

  const beside = await startLoads(directory, table, rows);
  await timed(`a file as above, with ${audiences} audiences`, beside.next);
  while ((await findDueAudiences()).length > audiences - 50) await delay(100);
  await timed('another while they are counted', beside.next);
  await beside.stop();
}

/** Files that each change every customer, loaded by the product's own worker. */
async function startLoads(directory: string, table: TestTable, rows: number) {
  const worker = await BenchWorker.start(directory);
  return {
    next: async () => {
      const files = 1 + (await getDb().upload.count({ where: { tableId: table.id } }));
      const file = join(directory, `changes-${files}.csv`);
      const lines = Array.from(
        { length: rows },
        (_, index) => `c${index + 1},${files},${index / 7}\n`,
      );
      await writeFile(file, `customerId,long,double\n${lines.join('')}`);
      const upload = await uploadEnded(
        await queueUpload(table.id, await storeFile(directory, file)),
      );
      const seconds = ((upload.finishedAt?.getTime() ?? 0) - upload.createdAt.getTime()) / 1000;
      console.log(`${seconds.toFixed(2)} s from its arrival to its end:`);
    },
    stop: () => worker.kill('SIGTERM'),
  };
}

async function readFile(actor: Actor, audienceId: number, tableId?: number): Promise<void> {
  let bytes = 0;
  let most = 0;
  for await (const chunk of (await exportAudience(actor, audienceId, { tableId })).body) {
    bytes += chunk.length;
    most = Math.max(most, process.memoryUsage().rss);
  }
  const megabytes = (value: number) => `${(value / 1e6).toFixed(1)} MB`;
  console.log(`${megabytes(bytes)}; the process never had more than ${megabytes(most)}`);
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await work();
  console.log(`${String(Math.round(performance.now() - started)).padStart(8)} ms  ${what}`);
}

function idOf(table: TestTable, name: string): number {
  const attribute = table.attributes.find((one) => one.name === name);
  if (!attribute) throw new Error(`There is no attribute ${name}.`);
  return attribute.id;
}

function ruleOf(table: TestTable, name: string, match: string, value?: unknown) {
  return {
    type: 'external_attribute',
    dcp_datasource_id: table.id,
    dcp_datasource_attribute_id: idOf(table, name),
    match_type: match,
    ...(value === undefined ? {} : { value }),
  };
}

function createFor({ editor }: TestAccount, table: TestTable, index: number): Promise<number> {
  const rule = (name: string, match: string, value: unknown) => ruleOf(table, name, match, value);
  const conditions = [
    'and',
    rule('long', 'gt', index * 10),
    [
      'or',
      rule('string', 'exact', `City ${index % 50}`),
      rule('double', 'lt', 900 - (index % 800)),
    ],
    ['not', rule('bool', 'exact', index % 2 === 0)],
    rule('date', 'after', '2001-02-03'),
  ];
  return createAudience(editor, {
    ...{ name: `Audience ${index}`, description: null, layout: null },
    conditions: JSON.stringify(conditions),
  });
}

async function fill({ serviceId }: TestAccount, table: TestTable, rows: number): Promise<void> {
  const hub = await getDb().table.findFirstOrThrow({ where: { serviceId, isOptimizely: true } });
  const alias = await getDb().attribute.findUniqueOrThrow({ where: { aliasTableId: table.id } });
  const values = {
    string: `CASE WHEN n % 10 > 0 THEN 'City ' || (sqrt(n % 10000))::int END`,
    bool: 'n % 3 = 0',
    long: 'n % 100000',
    double: '(n % 1000000) / 997.0',
    date: `date '2000-01-01' + (n % 9000)::int`,
    datetime: `timestamp '2020-01-01' + make_interval(secs => n % 100000000)`,
    epoch: '1600000000 + n % 100000000',
  };
  const columns = Object.keys(values).map((name) => columnName(idOf(table, name)));
  await getPool().query(
    `INSERT INTO ${tableName(table.id)} (customer_id, updated_at, ${columns.join(', ')})
     SELECT 'c' || n, now(), ${Object.values(values).join(', ')} FROM generate_series(1, ${rows}) AS n`,
  );
  await getPool().query(
    `INSERT INTO ${tableName(hub.id)} (customer_id, updated_at, ${columnName(alias.id)})
     SELECT 'u' || n, now(), 'c' || n * 10 FROM generate_series(1, ${Math.floor(rows / 10)}) AS n`,
  );
  await getPool().query(
    `INSERT INTO profiles.row_count_delta (table_id, delta) VALUES ($1, $2), ($3, $4)`,
    [table.id, rows, hub.id, Math.floor(rows / 10)],
  );
  await getPool().query(`VACUUM (ANALYZE) ${tableName(table.id)}`);
  await getPool().query(`VACUUM (ANALYZE) ${tableName(hub.id)}`);
}
