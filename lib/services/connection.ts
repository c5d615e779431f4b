import { roleConfig } from '#lib/config/role-config.ts';
import { getDb } from '#lib/db/client.ts';
import type { ConnectionResponse, TestConnectionResponse } from '../contracts/credentials.ts';
import { errors } from '../core/errors.ts';
import type { Actor } from './actor.ts';
import { renderBookmark } from './connection/bookmark.ts';
import { ownS3Endpoint, s3Endpoint, s3PathOf } from './connection/s3-endpoint.ts';
import { tryListing } from './connection/test-connection.ts';
import { currentAccessKey, listCredentials } from './credentials.ts';
import { requireRole } from './permissions.ts';
import { requireTable } from './tables/visible-table.ts';

/** A table, and the host under which the caller reached the dashboard. */
export interface ConnectionInput {
  readonly tableId: number;
  readonly dashboardHost: string | null;
}

/** Everything an S3 client asks for, but the secret. */
export async function getConnection(
  actor: Actor,
  { tableId, dashboardHost }: ConnectionInput,
): Promise<ConnectionResponse> {
  const table = await requireTable(getDb(), actor, tableId);
  const { importBucket, s3Region } = roleConfig();
  return {
    endpoint: s3Endpoint(dashboardHost),
    region: s3Region,
    bucket: importBucket,
    s3Path: s3PathOf(table),
    credentials: await listCredentials(actor, table.id),
  };
}

/** Tries the endpoint from this server, as a client with the table's own key. */
export async function testConnection(
  actor: Actor,
  tableId: number,
): Promise<TestConnectionResponse> {
  requireRole(actor, 'editor');
  const table = await requireTable(getDb(), actor, tableId);
  return tryListing({
    endpoint: ownS3Endpoint(),
    key: await currentAccessKey(table.id),
    s3Path: s3PathOf(table),
  });
}

/** A file for Cyberduck that holds all but the secret. */
export async function getBookmark(
  actor: Actor,
  input: ConnectionInput,
): Promise<{ fileName: string; content: string }> {
  const table = await requireTable(getDb(), actor, input.tableId);
  const connection = await getConnection(actor, input);
  const current = connection.credentials[0];
  if (!current) throw errors.conflict('The table has no access key. Rotate it to get one.');
  return {
    fileName: `${table.name}.duck`,
    content: renderBookmark({
      nickname: `${table.name} (OpenDCP)`,
      endpoint: connection.endpoint,
      bucket: connection.bucket,
      s3Path: connection.s3Path,
      accessKeyId: current.accessKeyId,
    }),
  };
}
