import pg from 'pg';

/** Whether a server takes a session and ends it again. @param patience milliseconds until it must have taken it. */
export async function answers(url: string, patience: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patience });
  // A server that is killed while the session ends tells by an event.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
