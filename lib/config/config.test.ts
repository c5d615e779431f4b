import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const source = readFileSync(new URL('./config.ts', import.meta.url), 'utf8');

/** Variables of the README's table, with what it says that they are unless set. */
const documented = new Map(
  [...readme.matchAll(/^\| (`[A-Z].*?) +\| (.*?) +\| .*\|$/gm)].flatMap(([, names = '', usual]) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => [name, usual?.replaceAll('`', '')]),
  ),
);

test('the README names every variable, and no other', () => {
  const known = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);
  expect(known.length).toBeGreaterThan(25);
  expect([...documented.keys()].sort()).toEqual(known.sort());
});

test('the README’s defaults are those of a process without any', () => {
  const config = readConfig({ NODE_ENV: 'test', IMPORT_S3_BUCKET: 'files' });
  expect(Object.fromEntries(documented)).toMatchObject({
    HOST: config.host,
    PORT: String(config.port),
    PROFILE_PORT: String(config.profilePort),
    S3_PORT: String(config.s3Port),
    IMPORT_BUCKET: config.importBucket,
    S3_REGION: config.s3Region,
    S3_IDLE_TIMEOUT: String(config.s3IdleSeconds),
    MULTIPART_MAX_AGE: String(config.multipartMaxAgeDays),
    DISK_RESERVE: String(config.diskReserveBytes / 1024 ** 2),
    IMPORT_S3_REGION: config.importStore?.region,
    IMPORT_S3_PREFIX: config.importStore?.prefix,
    UPLOADS_AT_ONCE: String(config.uploadsAtOnce),
    ROLES: config.roles.join(','),
    TOKEN_REQUESTS_PER_MINUTE: String(config.tokenRequestsPerMinute),
    SERVICES_PER_ACCOUNT: String(config.servicesPerAccount),
    SECRETS_IN_ANSWERS: String(config.secretsInAnswers),
    LOG_LEVEL: config.logLevel,
  });
});

test.each([
  [{ PORT: 'x', UPLOADS_AT_ONCE: '0' }, /PORT: .*UPLOADS_AT_ONCE: /],
  [{ UPLOADS_AT_ONCE: '9' }, /UPLOADS_AT_ONCE: .*8/],
  [{ S3_TLS_CERT: 'a.pem' }, /S3_TLS_CERT and S3_TLS_KEY go together/],
  [{ ROLES: 'web,edgy' }, /ROLES/],
])('%j is refused in one sentence', (environment, sentence) => {
  expect(() => readConfig({ NODE_ENV: 'test', ...environment })).toThrow(sentence);
});
