import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The unprivileged user that PostgreSQL runs as when OpenDCP runs as root. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** `null` when this process is not root: PostgreSQL then simply runs as the same user. */
export function findOwner(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name, , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  const owner = users.get('postgres') ?? users.get('nobody');
  if (owner) return owner;
  throw new Error(
    'PostgreSQL does not run as root and there is neither a user `postgres` nor `nobody`. ' +
      'Start OpenDCP as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether the owner may walk down to `path`; a clone below root's 0700 home fails this. */
export function canReach(path: string, owner: Owner | null): boolean {
  if (!owner) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    if (!mayEnter(folder, owner)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayEnter(folder: string, owner: Owner): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === owner.uid) return (mode & 0o100) !== 0;
  if (gid === owner.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
