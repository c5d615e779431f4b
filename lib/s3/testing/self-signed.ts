import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface SelfSigned {
  /** Path of the certificate, for clients to trust. */
  readonly file: string;
  readonly tls: { readonly certificate: string; readonly key: string };
}

/** A certificate for 127.0.0.1, made in a directory. */
export async function makeCertificate(directory: string): Promise<SelfSigned> {
  const [file, keyFile] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const request = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext';
  const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost';
  const args = [...request.split(' '), names, '-keyout', keyFile, '-out', file];
  await promisify(execFile)('openssl', args);
  const [certificate, key] = [await readFile(file, 'utf8'), await readFile(keyFile, 'utf8')];
  return { file, tls: { certificate, key } };
}
