import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { roleConfig } from '#lib/config/role-config.ts';
import { getDb } from '#lib/db/client.ts';
import type { DemoResponse } from '../../contracts/demo.ts';
import type { TableResponse } from '../../contracts/tables.ts';
import { AppError } from '../../core/errors.ts';
import type { Actor } from '../actor.ts';
import { createAttributes } from '../attributes/create-attributes.ts';
import { s3PathOf } from '../connection/s3-endpoint.ts';
import { currentAccessKey } from '../credentials.ts';
import { requireRole } from '../permissions.ts';
import { createTable } from '../tables/create-table.ts';
import { crm } from './crm.ts';
import { streamDemoFile } from './demo-file.ts';
import type { DemoTable } from './demo-table.ts';
import { webBehaviour } from './web-behaviour.ts';
import { visibleServices } from '../visible-services.ts';

const demoTables: readonly DemoTable[] = [crm, webBehaviour];

export interface Demo {
  readonly tables: DemoResponse['tables'];
  /** Settles once every file was sent. */
  readonly sent: Promise<void>;
}

/**
 * Creates two tables of sample customers and sends their files to the S3 endpoint as any client would. A
 * second demo gets tables of its own, with a number behind the name.
 *
 * @throws `forbidden`
 */
export async function startDemo(actor: Actor, endpoint: string): Promise<Demo> {
  requireRole(actor, 'editor');
  const created: { demo: DemoTable; table: TableResponse }[] = [];
  for (const demo of demoTables) {
    const table = await createUnderFreeName(actor, demo);
    await createAttributes(actor, table.id, demo.attributes);
    created.push({ demo, table });
  }
  return {
    tables: created.map(({ table: { id, name } }) => ({ id, name })),
    sent: Promise.all(created.map(({ demo, table }) => sendFiles({ demo, table, endpoint }))).then(
      () => undefined,
    ),
  };
}

async function createUnderFreeName(actor: Actor, { table }: DemoTable): Promise<TableResponse> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? table.name : `${table.name} ${number}`;
    const isTaken = await getDb().table.findFirst({
      where: { name, service: visibleServices(actor) },
      select: { id: true },
    });
    if (isTaken) continue;
    try {
      return await createTable(actor, { ...table, name });
    } catch (error) {
      // Somebody took the name meanwhile.
      if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    }
  }
}

/** One after the other: the second file changes customers of the first. */
async function sendFiles(options: {
  readonly demo: DemoTable;
  readonly table: TableResponse;
  readonly endpoint: string;
}): Promise<void> {
  const { demo, table, endpoint } = options;
  const { importBucket, s3Region } = roleConfig();
  const client = new S3Client({
    endpoint,
    region: s3Region,
    forcePathStyle: true,
    credentials: await currentAccessKey(table.id),
  });
  try {
    for (const file of demo.files) {
      const upload = new Upload({
        client,
        params: {
          Bucket: importBucket,
          Key: `${s3PathOf(table)}/${file.name}`,
          Body: streamDemoFile(file),
          ContentType: 'text/csv',
        },
      });
      await upload.done();
    }
  } finally {
    client.destroy();
  }
}
