import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Download } from '@playwright/test';

/** A folder, with a shell in which S3 clients have no other set-up than the one made here. */
export class Workplace {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<Workplace> {
    return new Workplace(await mkdtemp(join(tmpdir(), 'opendcp-workplace-')));
  }

  async write(name: string, content: string | Iterable<string>): Promise<void> {
    await writeFile(join(this.folder, name), content);
  }

  async read(download: Download): Promise<string> {
    return readFile(await download.path(), 'utf8');
  }

  /** Runs what was pasted; rejects with its messages when a command fails. */
  async paste(commands: string, environment: Record<string, string> = {}): Promise<string> {
    const { stdout } = await promisify(execFile)('sh', ['-e', '-c', commands], {
      cwd: this.folder,
      env: {
        ...process.env,
        HOME: this.folder,
        AWS_CONFIG_FILE: join(this.folder, 'aws-config'),
        AWS_SHARED_CREDENTIALS_FILE: join(this.folder, 'aws-credentials'),
        ...environment,
      },
    });
    return stdout;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
