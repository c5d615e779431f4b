import { totalmem } from 'node:os';
import { statfs } from 'node:fs/promises';

const mebibyte = 1024 * 1024;

/** Server settings for bulk loads beside many small reads, sized to the machine. */
export async function serverSettings(directory: string): Promise<Record<string, string>> {
  const memory = totalmem() / mebibyte;
  const disk = await statfs(directory);
  const freeDisk = (disk.bavail * disk.bsize) / mebibyte;
  const inMegabytes = (value: number) => `${Math.floor(value)}MB`;
  const logSize = inMegabytes(Math.max(256, Math.min(freeDisk / 10, 8192)));
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: inMegabytes(Math.min(memory / 4, 2048)),
    effective_cache_size: inMegabytes(memory / 2),
    maintenance_work_mem: inMegabytes(Math.min(memory / 16, 512)),
    max_wal_size: logSize,
    // Whoever commits waits while a file of the log is made, beside a load up to 100 ms when it is filled with zeros as well: old ones stay, to be used again.
    min_wal_size: logSize,
    wal_init_zero: 'off',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    // Otherwise the log's buffers are full beside a load, and whoever writes next writes them to the disk.
    wal_writer_delay: '10ms',
    random_page_cost: '1.1',
    // Autovacuum gives way to a change of structure only once this has passed, and that waits for 100 ms.
    deadlock_timeout: '50ms',
    jit: 'off',
    log_min_messages: 'warning',
    // Statements may carry customers' values: never into a log file.
    log_min_error_statement: 'panic',
    log_statement: 'none',
  };
}
