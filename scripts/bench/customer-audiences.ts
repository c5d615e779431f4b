import { startBenchServer } from './bench-server.ts';
import { createBenchTable } from './bench-table.ts';
import { printMustHold } from './must-hold.ts';
import { readOptions } from './options.ts';
import { defineAudiences } from './profiles/define-audiences.ts';
import { answered, endServers, load, startServers } from './profiles.ts';
import { printTable, type Cell } from './table.ts';

const connectionCounts = [1, 16, 64];

/**
 * The audiences of one customer, asked of an edge of its own: `--audiences 200` of 1 to 20 rules each, over a table whose
 * customers are partly aliased to users.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, 10_000_000, { audiences: 200, seconds: 10, seed: 1 });
  const { audiences, seconds, seed } = options;
  const server = await startBenchServer(options.directory);
  try {
    const table = await createBenchTable();
    await load(server.directory, table, options.rows);
    await defineAudiences(table, { audiences, seed });
    const servers = await startServers(server.directory, table);
    const path = servers.ours.path.replace('customer_profile', 'audiences');
    const lines: Cell[][] = [];
    let slowest: number | null = null;
    try {
      for (const connections of connectionCounts) {
        const found = await answered(servers.traffic, {
          ...{ ...servers.ours, path, kind: 'lookups', connections },
          ...{ seconds, customers: options.rows, seed },
        });
        lines.push([connections, found.perSecond, found.median, found.p99]);
        if (connections === 16) slowest = found.p99;
      }
    } finally {
      await endServers(servers);
    }
    console.log(`\n${audiences} audiences, ${options.rows.toLocaleString('en')} customers.`);
    printTable(['connections', 'answers/s', 'p50 ms', 'p99 ms'], lines);
    printMustHold([
      { promise: 'p99 at 16 connections, ms', measured: slowest, kind: 'at most', bound: 10 },
    ]);
  } finally {
    await server.stop();
  }
}
