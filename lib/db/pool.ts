import pg from 'pg';

const sessionOptions = '-c timezone=UTC -c datestyle=ISO -c extra_float_digits=1';

/** Joins of large tables are hashed in memory, and no count takes longer than people wait. */
const countOptions = '-c statement_timeout=120s -c work_mem=64MB -c jit=off';

/** A pool whose sessions all speak UTC and ISO dates, so that text in and out never depends on the server. */
export function createPool(connectionString: string, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    options: sessionOptions,
    // A server that vanishes without a word is noticed, also by those who wait for its answer.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...options,
  });
  // An idle session that dies (a restarted server) must not end the process; the next query reconnects.
  pool.on('error', ignore);
  // Nor one that is in use or being given back: whoever uses it is told by the statement.
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

function ignore(): void {
  return undefined;
}

const shared = globalThis as {
  opendcpPool?: pg.Pool;
  opendcpRowPool?: pg.Pool;
  opendcpCountPool?: pg.Pool;
  opendcpGlancePool?: pg.Pool;
  opendcpReadingPool?: pg.Pool;
};

/** The process's pool on DATABASE_URL, made on first use. */
export function getPool(): pg.Pool {
  shared.opendcpPool ??= createPool(databaseUrl(), { max: 16 });
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
    max: 16,
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
    max: 2,
    options: `${sessionOptions} ${countOptions}`,
  });
  return shared.opendcpCountPool;
}

/** The process's sessions for what is answered while somebody types, which must not wait behind long counts. */
export function getGlancePool(): pg.Pool {
  shared.opendcpGlancePool ??= createPool(databaseUrl(), {
    max: 4,
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
    max: 4,
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
