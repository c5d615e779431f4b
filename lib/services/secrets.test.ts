import { expect, test } from 'vitest';
import { decryptSecret, deriveKey, encryptSecret, hashSecret } from './secrets.ts';

process.env['DATABASE_URL'] = 'postgres://localhost/unused';
process.env['MASTER_KEY'] = 'a master key of the tests';

test('what was encrypted decrypts in its own context', () => {
  const encrypted = encryptSecret('wJalrXUtnFEMI/K7MDENG ü', 'credential:1');
  expect(decryptSecret(encrypted, 'credential:1')).toBe('wJalrXUtnFEMI/K7MDENG ü');
});

test('the text holds nothing of the secret and differs each time', () => {
  const first = encryptSecret('open sesame', 'a');
  expect(first).not.toContain('open sesame');
  expect(first).not.toContain(Buffer.from('open sesame').toString('base64url'));
  expect(encryptSecret('open sesame', 'a')).not.toBe(first);
});

test('another context, a changed byte or a cut text do not decrypt', () => {
  const encrypted = encryptSecret('open sesame', 'credential:1');
  expect(() => decryptSecret(encrypted, 'credential:2')).toThrow();
  const bytes = Buffer.from(encrypted.slice(3), 'base64url');
  for (const position of [0, 12, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(position) ^ 1, position);
    expect(() => decryptSecret(`v1.${changed.toString('base64url')}`, 'credential:1')).toThrow();
  }
  expect(() => decryptSecret('v1.AAAA', 'credential:1')).toThrow();
  expect(() => decryptSecret('open sesame', 'credential:1')).toThrow();
});

test('each purpose and each master key has its own derived key', () => {
  const keys = [
    deriveKey('session'),
    deriveKey('secrets'),
    deriveKey('session', 'another master key'),
  ].map((key) => key.toString('hex'));
  expect(new Set(keys).size).toBe(3);
  expect(keys[0]).toBe(deriveKey('session').toString('hex'));
});

test('hashes are SHA-256 in hex', () => {
  expect(hashSecret('abc')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
