import { resolve } from 'node:path';
import { z } from 'zod';

const roles = ['web', 'edge', 'worker'] as const;
export type Role = (typeof roles)[number];

/** With more, a worker and the other roles would want more connections than the embedded PostgreSQL has. */
export const mostUploadsAtOnce = 8;

const port = z.coerce.number().int().min(0).max(65535);
const optional = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));
const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').flatMap((item) => item.trim() || []));

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  PROFILE_PORT: port.default(3001),
  S3_PORT: port.default(9000),
  IMPORT_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .default('optimizely-import'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: optional,
  MASTER_KEY: optional,
  ADMIN_EMAIL: optional,
  ADMIN_PASSWORD: optional,
  ADMIN_TOKEN: optional,
  PUBLIC_URL: optional,
  PUBLIC_S3_URL: optional,
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_DOMAIN: list,
  S3_TLS_CERT: optional,
  S3_TLS_KEY: optional,
  S3_IDLE_TIMEOUT: z.coerce.number().int().min(1).max(86_400).default(120),
  MULTIPART_MAX_AGE: z.coerce.number().min(1).max(365).default(7),
  IMPORT_S3_ENDPOINT: z.url().optional(),
  IMPORT_S3_BUCKET: optional,
  IMPORT_S3_REGION: z.string().min(1).default('us-east-1'),
  IMPORT_S3_PREFIX: z.string().default('opendcp/'),
  IMPORT_S3_ACCESS_KEY_ID: optional,
  IMPORT_S3_SECRET_ACCESS_KEY: optional,
  DISK_RESERVE: z.coerce.number().int().min(0).default(512),
  TOKEN_REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).default(60_000),
  SERVICES_PER_ACCOUNT: z.coerce.number().int().min(1).default(1),
  SECRETS_IN_ANSWERS: z.stringbool().default(true),
  UPLOADS_AT_ONCE: z.coerce.number().int().min(1).max(mostUploadsAtOnce).default(2),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ROLES: z
    .string()
    .default(roles.join(','))
    .transform((value) => value.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(roles)).min(1)),
});

interface ImportStore {
  /** Unset for Amazon's own. */
  readonly endpoint?: string;
  readonly bucket: string;
  readonly region: string;
  readonly prefix: string;
  /** Unset: as the AWS SDK finds them. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Settings of one OpenDCP process tree; every value comes from the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly profilePort: number;
  readonly s3Port: number;
  readonly importBucket: string;
  readonly dataDir: string;
  /** Unset means the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** Unset means the generated one in the data directory. */
  readonly masterKey: string | undefined;
  readonly adminEmail: string | undefined;
  readonly adminPassword: string | undefined;
  readonly adminToken: string | undefined;
  /** Address of the dashboard as people type it, when it is not `http://HOST:PORT`. */
  readonly publicUrl: string | undefined;
  /** Address of the S3 endpoint as clients type it, when it is not `http://HOST:S3_PORT`. */
  readonly publicS3Url: string | undefined;
  readonly s3Region: string;
  /** Domains below which the bucket is a host name. */
  readonly s3Domains: readonly string[];
  /** PEM files with which the S3 endpoint speaks TLS. */
  readonly s3Tls: { readonly certificateFile: string; readonly keyFile: string } | undefined;
  /** The S3 endpoint cuts connections that are silent, or dribble, for so long. */
  readonly s3IdleSeconds: number;
  /** Uploads in parts that nobody completes are given up after so many days. */
  readonly multipartMaxAgeDays: number;
  /** The bucket that uploaded files are kept in; unset means the data directory. */
  readonly importStore: ImportStore | undefined;
  /** Bytes of the disk that uploads leave free, so that the database can go on. */
  readonly diskReserveBytes: number;
  /** Of one API token, in each process; 0 for no limit. */
  readonly tokenRequestsPerMinute: number;
  /** Optimizely gives every account one service. */
  readonly servicesPerAccount: number;
  /** Whether the REST API shows tables' key pairs, as Optimizely's does, to tokens with the right to see them. */
  readonly secretsInAnswers: boolean;
  /** Uploads that a worker loads side by side; those of one table never are. */
  readonly uploadsAtOnce: number;
  readonly logLevel: string;
  readonly roles: readonly Role[];
}

/** Reads and checks the settings; throws one sentence that names every variable at fault. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The settings are not valid. ${faults.join('; ')}`);
  }
  const value = parsed.data;
  const { S3_TLS_CERT: certificateFile, S3_TLS_KEY: keyFile } = value;
  if ((certificateFile === undefined) !== (keyFile === undefined)) {
    throw new Error('The settings are not valid. S3_TLS_CERT and S3_TLS_KEY go together.');
  }
  return {
    host: value.HOST,
    port: value.PORT,
    profilePort: value.PROFILE_PORT,
    s3Port: value.S3_PORT,
    importBucket: value.IMPORT_BUCKET,
    dataDir: resolve(value.DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    masterKey: value.MASTER_KEY,
    adminEmail: value.ADMIN_EMAIL,
    adminPassword: value.ADMIN_PASSWORD,
    adminToken: value.ADMIN_TOKEN,
    publicUrl: value.PUBLIC_URL,
    publicS3Url: value.PUBLIC_S3_URL,
    s3Region: value.S3_REGION,
    s3Domains: value.S3_DOMAIN,
    s3Tls: certificateFile && keyFile ? { certificateFile, keyFile } : undefined,
    s3IdleSeconds: value.S3_IDLE_TIMEOUT,
    multipartMaxAgeDays: value.MULTIPART_MAX_AGE,
    importStore: toImportStore(value),
    diskReserveBytes: value.DISK_RESERVE * 1024 * 1024,
    tokenRequestsPerMinute: value.TOKEN_REQUESTS_PER_MINUTE,
    servicesPerAccount: value.SERVICES_PER_ACCOUNT,
    secretsInAnswers: value.SECRETS_IN_ANSWERS,
    uploadsAtOnce: value.UPLOADS_AT_ONCE,
    logLevel: value.LOG_LEVEL,
    roles: value.ROLES,
  };
}

function toImportStore(value: z.infer<typeof schema>): ImportStore | undefined {
  const { IMPORT_S3_BUCKET: bucket, IMPORT_S3_ENDPOINT: endpoint } = value;
  const { IMPORT_S3_ACCESS_KEY_ID: accessKeyId, IMPORT_S3_SECRET_ACCESS_KEY: secretAccessKey } =
    value;
  if (bucket === undefined) return undefined;
  return {
    bucket,
    region: value.IMPORT_S3_REGION,
    prefix: value.IMPORT_S3_PREFIX,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
  };
}
