import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/**
 * Reads certificate and key of the S3 endpoint.
 *
 * @throws {Error} one sentence for the operator when a file cannot be read or the two do not go together
 */
export async function readTlsFiles(files: {
  readonly certificateFile: string;
  readonly keyFile: string;
}): Promise<{ readonly certificate: string; readonly key: string }> {
  const { certificateFile, keyFile } = files;
  try {
    const certificate = await readFile(certificateFile, 'utf8');
    const key = await readFile(keyFile, 'utf8');
    createSecureContext({ cert: certificate, key });
    return { certificate, key };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The S3 endpoint cannot speak TLS. Check S3_TLS_CERT (${certificateFile}) and S3_TLS_KEY (${keyFile}): ${reason}.`,
      { cause: error },
    );
  }
}
