import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { encodePath, encodeRfc3986 } from '../../percent-encoding.ts';
import type { MatrixClient, MatrixEntry, MatrixTarget } from './matrix-client.ts';
import { findProgram, runProgram } from './program.ts';

const close = () => Promise.resolve();
const address = ({ bucket }: MatrixTarget, key: string) => `s3://${bucket}/${key}`;

function awsCli(command: string): MatrixEntry {
  return {
    name: `aws of ${command}`,
    version: findProgram(command, ['--version']),
    startsSlowly: true,
    open: (target) => {
      const aws = (...args: string[]) =>
        runProgram({ command, args: ['--endpoint-url', target.endpoint, ...args], target });
      const { bucket } = target;
      return Promise.resolve<MatrixClient>({
        put: (key, file) => aws('s3', 'cp', file, address(target, key)),
        get: (key, file) => aws('s3', 'cp', address(target, key), file),
        list: async (prefix) => {
          const where = ['--bucket', bucket, '--prefix', prefix];
          const text = await aws('s3api', 'list-objects-v2', ...where, '--query', 'Contents[].Key');
          return z.array(z.string()).nullable().parse(JSON.parse(text)) ?? [];
        },
        size: async (key) => {
          const where = ['--bucket', bucket, '--key', key];
          return Number(await aws('s3api', 'head-object', ...where, '--query', 'ContentLength'));
        },
        remove: (key) => aws('s3', 'rm', address(target, key)),
        close,
      });
    },
  };
}

const rcloneItem = z.object({ Path: z.string(), Size: z.number() });

const rclone: MatrixEntry = {
  name: 'rclone',
  version: findProgram('rclone', ['--version']),
  open: (target) => {
    const flags = [
      ['--s3-provider', 'Other'],
      ['--s3-endpoint', target.endpoint],
      ['--s3-region', target.region],
      ['--s3-upload-cutoff', '10M'],
      ['--s3-chunk-size', '10M'],
      ['--config', join(target.home, 'rclone.conf')],
      ...(target.certificate === null ? [] : [['--ca-cert', target.certificate]]),
      ['--s3-env-auth', '--s3-no-check-bucket'],
    ].flat();
    // It takes its certificates from a flag, and stumbles over the variable.
    const env = { AWS_CA_BUNDLE: undefined };
    const run = (...args: string[]) =>
      runProgram({ command: 'rclone', args: [...args, ...flags], target, env });
    const remote = (key: string) => `:s3:${target.bucket}/${key}`;
    return Promise.resolve<MatrixClient>({
      put: (key, file) => run('copyto', file, remote(key)),
      get: (key, file) => run('copyto', remote(key), file),
      list: async (prefix) => {
        const text = await run('lsjson', '--recursive', '--files-only', remote(prefix));
        const items = z.array(rcloneItem).parse(JSON.parse(text));
        return items.map(({ Path }) => prefix + Path);
      },
      size: async (key) => {
        const text = await run('lsjson', '--stat', remote(key));
        return rcloneItem.parse(JSON.parse(text)).Size;
      },
      remove: (key) => run('deletefile', remote(key)),
      close,
    });
  },
};

const s3cmd: MatrixEntry = {
  name: 's3cmd',
  version: findProgram('s3cmd', ['--version']),
  startsSlowly: true,
  open: async (target) => {
    const config = join(target.home, 's3cfg');
    const settings = {
      access_key: target.accessKeyId,
      secret_key: target.secret,
      host_base: target.host,
      host_bucket: target.host,
      bucket_location: target.region,
      use_https: target.certificate === null ? 'False' : 'True',
      ca_certs_file: target.certificate ?? '',
      signature_v2: 'False',
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    await writeFile(config, ['[default]', ...lines, ''].join('\n'));
    const run = (...args: string[]) =>
      runProgram({ command: 's3cmd', args: ['-c', config, '--no-progress', ...args], target });
    return {
      put: (key, file) => run('put', '--multipart-chunk-size-mb=10', file, address(target, key)),
      get: (key, file) => run('get', '--force', address(target, key), file),
      list: async (prefix) => {
        const text = await run('ls', '--recursive', address(target, prefix));
        return keysOf(text, target);
      },
      size: async (key) => {
        const text = await run('info', address(target, key));
        return Number(/File size: +(\d+)/.exec(text)?.[1]);
      },
      remove: (key) => run('del', address(target, key)),
      close,
    };
  },
};

const s4cmd: MatrixEntry = {
  name: 's4cmd',
  version: findProgram('s4cmd', ['--version']),
  startsSlowly: true,
  open: (target) => {
    const run = (...args: string[]) =>
      runProgram({
        command: 's4cmd',
        args: [`--endpoint-url=${target.endpoint}`, ...args],
        target,
      });
    const split = ['--max-singlepart-upload-size=10485760', '--multipart-split-size=10485760'];
    return Promise.resolve<MatrixClient>({
      put: (key, file) => run('put', '-f', ...split, file, address(target, key)),
      get: (key, file) => run('get', '-f', address(target, key), file),
      list: async (prefix) => keysOf(await run('ls', '-r', address(target, prefix)), target),
      size: async (key) => {
        const text = await run('ls', address(target, key));
        return Number(/ +(\d+) s3:/.exec(text)?.[1]);
      },
      remove: (key) => run('del', address(target, key)),
      close,
    });
  },
};

/** Keys in a listing whose lines end in addresses. */
function keysOf(text: string, target: MatrixTarget): readonly string[] {
  const start = address(target, '');
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(start);
    return at < 0 ? [] : [line.slice(at + start.length)];
  });
}

const curl: MatrixEntry = {
  name: 'curl --aws-sigv4',
  version: findProgram('curl', ['--version']),
  open: (target) => {
    const { endpoint, bucket, region, accessKeyId, secret, certificate } = target;
    const signed = [
      ['--silent', '--show-error', '--fail-with-body', '--path-as-is'],
      ['--aws-sigv4', `aws:amz:${region}:s3`, '--user', `${accessKeyId}:${secret}`],
      ['--header', 'x-amz-content-sha256: UNSIGNED-PAYLOAD'],
      certificate === null ? [] : ['--cacert', certificate],
    ].flat();
    const run = (...args: string[]) =>
      runProgram({ command: 'curl', args: [...signed, ...args], target });
    const url = (key: string) => `${endpoint}/${bucket}/${encodePath(key)}`;
    return Promise.resolve<MatrixClient>({
      put: (key, file) => run('--upload-file', file, url(key)),
      get: (key, file) => run('--output', file, url(key)),
      list: async (prefix) => {
        const query = `?list-type=2&prefix=${encodeRfc3986(prefix)}`;
        const text = await run(`${endpoint}/${bucket}${query}`);
        const keys = [...text.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) => key);
        return keys.map((key) => key.replaceAll('&amp;', '&'));
      },
      size: async (key) => {
        const text = await run('--head', url(key));
        return Number(/content-length: (\d+)/i.exec(text)?.[1]);
      },
      remove: (key) => run('--request', 'DELETE', url(key)),
      close,
    });
  },
};

/** Debian's command line, and the first on the path where that is another. */
const awsCommands = ['/usr/bin/aws', 'aws'];

export const commandLines: readonly MatrixEntry[] = [
  ...awsCommands.map(awsCli),
  rclone,
  s3cmd,
  s4cmd,
  curl,
];
