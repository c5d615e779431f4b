import Link from 'next/link';
import type { IdentityResponse } from '#lib/contracts/profiles.ts';
import { profileAddress } from './profile-address.ts';

/** Several Optimizely users are one customer: each has a page of their own. */
export function UserList({ identity: { users, builtIn } }: { identity: IdentityResponse }) {
  return (
    <ul className="flex flex-col gap-1.5 p-4 text-sm">
      {users.map((user) => (
        <li key={user}>
          <Link
            href={profileAddress({ tableId: builtIn.tableId, customerId: user })}
            className="rounded-sm font-mono wrap-anywhere text-brand underline-offset-4 hover:underline"
          >
            {user}
          </Link>
        </li>
      ))}
      {users.length >= 100 && <li className="text-muted-foreground">These are the first 100.</li>}
    </ul>
  );
}
