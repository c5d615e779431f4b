import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ExportFacts } from './export-facts.ts';
import { exportParts } from './export-parts.ts';
import { resultLifetime } from './exports.ts';
import { finishJob } from './finish-job.ts';
import { reportStep, updateJob, type PrivacyJob } from './privacy-job.ts';
import { writeSealed } from './sealed-blob.ts';
import { searchFiles } from './search-files.ts';
import { readScope } from './search-scope.ts';
import { searchRows } from './search-rows.ts';
import { searchUploads } from './search-uploads.ts';
import { takeStock } from './take-stock.ts';

/** Finds what is held about a customer and notes it. */
export async function search(job: PrivacyJob): Promise<ExportFacts> {
  await reportStep(job, 'rows');
  const tables = await readScope(job.request);
  const subject = await searchRows(job, tables);
  await searchFiles(job, { tables, subject, until: null });
  await searchUploads(job, { tables, subject });
  const findings = await takeStock(job, tables, subject);
  await updateJob(job, { findings });
  return { job, tables, subject, findings };
}

/** Writes all that is held about a customer into a zip file, part by part, and keeps it encrypted. */
export async function writeExport(job: PrivacyJob): Promise<void> {
  const facts = await search(job);
  await reportStep(job, 'writing');
  const { blob, seal } = await writeSealed(job.blobs, () => zipOf(facts));
  await finishJob(job, {
    findings: facts.findings,
    result: {
      resultBlob: blob.name,
      resultSeal: seal,
      resultExpiresAt: new Date(Date.now() + resultLifetime),
    },
  });
}

function zipOf(facts: ExportFacts): Readable {
  const zip = new ZipFile();
  const output = new Readable().wrap(zip.outputStream);
  zip.on('error', (error: Error) => output.destroy(error));
  for (const [name, write] of Object.entries(exportParts)) {
    zip.addReadStreamLazy(name, (answer) => {
      answer(null, Readable.from(write(facts), { objectMode: false }));
    });
  }
  zip.end();
  return output;
}
