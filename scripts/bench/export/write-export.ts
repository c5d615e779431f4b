// node write-export.ts <account id> <table id> <file>: the product's export of a table as CSV, in a process that does nothing else.
// Tells its parent how much memory it needed before and at its highest, in MiB.
import { open } from 'node:fs/promises';
import { systemActor } from '#lib/services/actor.ts';
import { exportTable } from '#lib/services/tables/export-table.ts';
import { endPools } from '#lib/db/pool.ts';
import { getDb } from '#lib/db/client.ts';
import { peakMemory } from '../memory.ts';

const [accountId = '', tableId = '', path = ''] = process.argv.slice(2);
const options = { tableId: Number(tableId), format: 'csv' } as const;
const { body } = await exportTable(systemActor(Number(accountId)), options);
const before = await peakMemory(process.pid);
const file = await open(path, 'w');
for await (const chunk of body) await file.write(chunk);
await file.close();
process.send?.({ before, peak: await peakMemory(process.pid) });
await getDb().$disconnect();
await endPools();
process.disconnect();
