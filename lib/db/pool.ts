import pg from 'pg';

/**
 * What a database or role sets for others' sessions may not end ours: a COPY of gigabytes is one statement, and a worker's
 * session holds its locks while it waits. Those of our pools that must not work for long say so themselves.
 */
const noTimeouts = [
  '-c statement_timeout=0 -c lock_timeout=0',
  '-c idle_in_transaction_session_timeout=0 -c idle_session_timeout=0',
].join(' ');

const sessionOptions = `-c timezone=UTC -c datestyle=ISO -c extra_float_digits=1 ${noTimeouts}`;

/** Joins of large tables are hashed in memory, and no count takes longer than people wait. */
const countOptions = '-c statement_timeout=120s -c work_mem=64MB -c jit=off';

export interface PoolOptions extends Omit<pg.PoolConfig, 'onConnect'> {
  /** What a new session does before it is used. */
  readonly onConnect?: (client: pg.ClientBase) => Promise<void>;
}

/**
 * A pool whose sessions all speak UTC and ISO dates, so that text in and out never depends on the server, and have no time
 * limits but their own.
 */
export function createPool(connectionString: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    options: sessionOptions,
    // A server that vanishes without a word is noticed, also by those who wait for its answer.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...options,
    // The pool awaits it, which its types do not know.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    onConnect: async (client) => {
      await liftTransactionTimeout(client);
      await options.onConnect?.(client);
    },
  });
  // An idle session that dies (a restarted server) must not end the process; the next query reconnects.
  pool.on('error', ignore);
  // Nor one that is in use or being given back: whoever uses it is told by the statement.
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

/** PostgreSQL knows it since 17; an older one would refuse a session that names it at its start. */
async function liftTransactionTimeout(client: pg.ClientBase): Promise<void> {
  await client.query(
    `SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout'`,
  );
}

function ignore(): void {
  return undefined;
}

/** Most sessions of each of a process's pools. */
export const poolSizes = { shared: 16, row: 16, count: 2, glance: 4, reading: 4 } as const;

const shared = globalThis as {
  opendcpPool?: pg.Pool;
  opendcpRowPool?: pg.Pool;
  opendcpCountPool?: pg.Pool;
  opendcpGlancePool?: pg.Pool;
  opendcpReadingPool?: pg.Pool;
};

/** The process's pool on DATABASE_URL, made on first use. */
export function getPool(): pg.Pool {
  shared.opendcpPool ??= createPool(databaseUrl(), { max: poolSizes.shared });
  return shared.opendcpPool;
}

/**
 * Sessions for statements about one row. They are planned once and for all: left to itself PostgreSQL would plan each of them
 * anew, for the one partition that it is about, and that takes three times as long as the statement. And rows are looked up:
 * a plan that is made once must not read whole tables, whatever the statistics of the day were.
 */
const rowSessionOptions = [
  sessionOptions,
  '-c plan_cache_mode=force_generic_plan',
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off',
].join(' ');

/** The process's sessions for statements about one row. */
export function getRowPool(): pg.Pool {
  shared.opendcpRowPool ??= createPool(databaseUrl(), {
    max: poolSizes.row,
    options: rowSessionOptions,
    // Statements of tables and attributes that are gone go with their session.
    maxLifetimeSeconds: 1_800,
  });
  return shared.opendcpRowPool;
}

/**
 * The process's sessions for statements that read whole tables, each on several processors: so few that uploads and lookups
 * keep theirs, whatever people ask.
 */
export function getCountPool(): pg.Pool {
  shared.opendcpCountPool ??= createPool(databaseUrl(), {
    max: poolSizes.count,
    options: `${sessionOptions} ${countOptions}`,
  });
  return shared.opendcpCountPool;
}

/** The process's sessions for what is answered while somebody types, which must not wait behind long counts. */
export function getGlancePool(): pg.Pool {
  shared.opendcpGlancePool ??= createPool(databaseUrl(), {
    max: poolSizes.glance,
    options: `${sessionOptions} -c statement_timeout=10s -c max_parallel_workers_per_gather=0 -c jit=off`,
  });
  return shared.opendcpGlancePool;
}

/**
 * The process's sessions for files and pages of rows, which a slow reader may hold for long: so few that nobody else ever waits
 * for one of them.
 */
export function getReadingPool(): pg.Pool {
  shared.opendcpReadingPool ??= createPool(databaseUrl(), {
    max: poolSizes.reading,
    // Milliseconds after which a further reader is told to come back.
    connectionTimeoutMillis: 10_000,
  });
  return shared.opendcpReadingPool;
}

function databaseUrl(): string {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('DATABASE_URL is not set.');
  return url;
}

/** Ends the process's sessions. */
export async function endPools(): Promise<void> {
  await Promise.all([
    shared.opendcpPool?.end(),
    shared.opendcpRowPool?.end(),
    shared.opendcpCountPool?.end(),
    shared.opendcpGlancePool?.end(),
    shared.opendcpReadingPool?.end(),
  ]);
}
