import type { Connection } from './pool.ts';

/*
 * What a worker that dies leaves behind in the database (an open transaction, with the gate and rows that it holds)
 * shall be undone at once, so that neither writers nor whoever takes over wait for it.
 */

/** A machine that vanishes without a word is noticed in half a minute, whether or not an answer is on its way to it. */
const vanishedMachine = `
  SET tcp_keepalives_idle = 10;
  SET tcp_keepalives_interval = 5;
  SET tcp_keepalives_count = 3;
  SET tcp_user_timeout = '30s'`;

/** A process that hangs in the middle of a transaction. Waiting for rows to copy is not meant: they may come slowly. */
const hangingProcess = `SET idle_in_transaction_session_timeout = '60s'`;

/** A process that is killed: its statement ends before it is done. Not every system can. */
const killedProcess = `SET client_connection_check_interval = '1s'`;

/** Has PostgreSQL notice when the other end of a new session is no more. */
export async function noticeDeath(client: Connection): Promise<void> {
  await client.query(`${vanishedMachine}; ${hangingProcess}`);
  await client.query(killedProcess).catch(() => undefined);
}
