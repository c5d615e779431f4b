import type { PrivacyFindings } from '../../contracts/privacy-requests.ts';
import type { PrivacyJob } from './privacy-job.ts';
import type { SearchedTable } from './search-scope.ts';
import type { Subject } from './subject.ts';

/** What the search for an export came to. */
export interface ExportFacts {
  readonly job: PrivacyJob;
  readonly tables: readonly SearchedTable[];
  readonly subject: Subject;
  readonly findings: PrivacyFindings;
}
