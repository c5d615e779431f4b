import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { datatypes } from '#lib/core/datatypes/types.ts';
import { nodeEnvironment, nodeFlags } from '#lib/runtime/node-flags.ts';
import { currentAccessKey } from '#lib/services/credentials.ts';
import { findFreePort } from '#lib/db/embedded/free-port.ts';
import { createTestAccount } from '#lib/testing/test-account.ts';
import { createTestTable } from '#lib/testing/test-table.ts';
import { benchAttributes } from '../data.ts';
import type { Signer } from './bodies.ts';

const bucket = 'optimizely-import';
/** The worker’s too: what one process encrypts another reads. */
const masterKey = 'k'.repeat(43);

const formats: Readonly<Record<string, string>> = {
  date: 'yyyy-mm-dd',
  datetime: 'yyyy-mm-ddThh:mm:ssZ',
  epoch: 'epoch',
};

/** The product's edge as a process of its own, and a table with the attributes of the generated customers. */
export interface BenchEndpoint {
  readonly edge: ChildProcess;
  readonly tableId: number;
  readonly signer: Signer;
}

/** @param directory the installation's DATA_DIR */
export async function startBenchEndpoint(directory: string): Promise<BenchEndpoint> {
  const port = await findFreePort();
  Object.assign(process.env, {
    DATA_DIR: directory,
    MASTER_KEY: masterKey,
    HOST: '127.0.0.1',
    S3_PORT: String(port),
    PROFILE_PORT: String(await findFreePort()),
    LOG_LEVEL: 'silent',
  });
  const { editor } = await createTestAccount();
  const attributes = benchAttributes.map(({ name, type }) => ({
    name,
    datatype: datatypes.find((datatype) => datatype === type) ?? 'datetime',
    format: formats[type] ?? null,
  }));
  const { id: tableId, key } = await createTestTable(editor, attributes);
  const { accessKeyId, secretAccessKey: secret } = await currentAccessKey(tableId);
  const main = fileURLToPath(new URL('../../../lib/edge/main.ts', import.meta.url));
  const edge = fork(main, {
    env: { ...process.env, ...nodeEnvironment.edge },
    execArgv: [...nodeFlags.edge],
  });
  await once(edge, 'message');
  const target = `/${bucket}/${key('bench.csv')}`;
  return { edge, tableId, signer: { port, accessKeyId, secret, target } };
}
