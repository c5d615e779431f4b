import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { expect, test } from 'vitest';
import { signMessage } from './sign-message.ts';
import { createWebhookSecret } from './webhook-secret.ts';

const guide = readFileSync(new URL('../../../docs/guides/webhooks.md', import.meta.url), 'utf8');

function example(language: string): string {
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(guide)?.[1] ?? '';
}

const body = '{"type":"upload.completed","data":{"table":{"name":"Größe 👟"}}}';
const old = createWebhookSecret();
const current = createWebhookSecret();
const now = Math.floor(Date.now() / 1000);
const sign = (timestamp: number, ...secrets: string[]) =>
  signMessage({ messageId: 'msg_1', timestamp, body }, secrets);

const cases = [
  ['its own secret', current, sign(now, current), body, true],
  ['the previous secret during the overlap', old, sign(now, current, old), body, true],
  ['another secret', old, sign(now, current), body, false],
  ['a body that was changed', current, sign(now, current), body.replace('d', 'e'), false],
  ['an old message', current, sign(now - 301, current), body, false],
] as const;

const source = stripTypeScriptTypes(example('ts'));
const module: unknown = await import(`data:text/javascript,${encodeURIComponent(source)}`);

test.each(cases)('TypeScript: %s', (_name, secret, headers, text, isGood) => {
  const verify: unknown = Reflect.get(Object(module), 'isFromOpenDcp');
  if (typeof verify !== 'function') throw new Error('The guide has no isFromOpenDcp.');
  expect(Reflect.apply(verify, null, [secret, headers, text])).toBe(isGood);
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

test.runIf(hasPython)('Python: the same', () => {
  const program = `${example('python')}
import json, sys
for secret, headers, text in json.load(sys.stdin):
    print(is_from_opendcp(secret, headers, text.encode()))
`;
  const input = JSON.stringify(cases.map(([, secret, headers, text]) => [secret, headers, text]));
  const { stdout } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
  const answers = cases.map(([, , , , isGood]) => (isGood ? 'True' : 'False'));
  expect(stdout.trim().split('\n')).toEqual(answers);
});
