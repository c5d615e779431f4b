import { readConfig, type Config } from './config.ts';

/** Settings of a running role: the launcher has filled in the database and the key by then. */
export interface RoleConfig extends Config {
  readonly databaseUrl: string;
  readonly masterKey: string;
}

let cached: RoleConfig | undefined;

/** Settings of this process; throws when it was not started by the launcher. */
export function roleConfig(): RoleConfig {
  if (cached) return cached;
  const config = readConfig();
  const { databaseUrl, masterKey } = config;
  if (!databaseUrl || !masterKey) {
    throw new Error('DATABASE_URL and MASTER_KEY are not set. Start OpenDCP with `npm start`.');
  }
  cached = { ...config, databaseUrl, masterKey };
  return cached;
}
