import pg from 'pg';

/** A pool whose sessions all speak UTC and ISO dates, so that text in and out never depends on the server. */
export function createPool(connectionString: string, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    options: '-c timezone=UTC -c datestyle=ISO -c extra_float_digits=1',
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

const shared = globalThis as { opendcpPool?: pg.Pool };

/** The process's pool on DATABASE_URL, made on first use. */
export function getPool(): pg.Pool {
  const connectionString = process.env['DATABASE_URL'];
  if (!connectionString) throw new Error('DATABASE_URL is not set.');
  shared.opendcpPool ??= createPool(connectionString, { max: 16 });
  return shared.opendcpPool;
}
