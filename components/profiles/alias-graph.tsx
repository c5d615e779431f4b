import { cn } from '#components/cn.ts';
import { ExactText } from '#components/ui/exact-text.tsx';
import type { Alias, IdentityResponse, ProfileResponse } from '#lib/contracts/profiles.ts';

type AliasGraphProps = {
  identity: IdentityResponse;
  /** The row that was looked up. */
  profile: ProfileResponse;
};

/** A side with more than these would be a list, and that is below. */
const mostDrawn = 8;

/** Optimizely users on the left, the customers that they are on the right; one side has a single end. */
export function AliasGraph({ identity, profile }: AliasGraphProps) {
  const { builtIn, userId, users, aliases } = identity;
  const allUsers = (userId === null ? users : [userId]).map((customerId) => ({
    ...builtIn,
    customerId,
  }));
  const allCustomers: readonly Alias[] = userId === null ? [profile] : aliases;
  const left = allUsers.slice(0, mostDrawn);
  const right = allCustomers.slice(0, mostDrawn);
  const all = allUsers.length + allCustomers.length;
  const drawn = left.length + right.length;
  return (
    <div className="flex flex-col gap-2 border-b p-4">
      <div role="img" aria-label={describe(left, right)} className="flex">
        <Side nodes={left} profile={profile} />
        <Lines leftCount={left.length} rightCount={right.length} />
        <Side nodes={right} profile={profile} />
      </div>
      {drawn < all && (
        <p className="text-xs text-muted-foreground">The first {mostDrawn} are drawn.</p>
      )}
    </div>
  );
}

function describe(left: readonly Alias[], right: readonly Alias[]): string {
  const users = left.map(({ customerId }) => customerId).join(', ');
  const customers = right.map(({ customerId, tableName }) => `${customerId} in ${tableName}`);
  return `Optimizely ${left.length === 1 ? 'user' : 'users'} ${users}: ${customers.join(', ')}`;
}

function Side({ nodes, profile }: { nodes: readonly Alias[]; profile: ProfileResponse }) {
  return (
    <div className="flex max-w-72 min-w-0 flex-1 flex-col justify-center">
      {nodes.map(({ tableId, tableName, customerId }) => (
        <div key={`${tableId} ${customerId}`} className="flex h-14 items-center">
          <div
            className={cn(
              'flex w-full min-w-0 flex-col rounded-md border bg-card px-2.5 py-1 text-xs',
              tableId === profile.tableId &&
                customerId === profile.customerId &&
                'border-ring bg-brand-subtle',
            )}
          >
            <span className="truncate text-muted-foreground">{tableName}</span>
            <span className="truncate">
              <ExactText text={customerId} className="font-mono whitespace-pre" />
            </span>
          </div>
        </div>
      ))}
    </div>
  );
}

function Lines({ leftCount, rightCount }: { leftCount: number; rightCount: number }) {
  const heights = (count: number) =>
    Array.from({ length: count }, (_, index) => ((index + 0.5) / count) * 100);
  return (
    <div className="relative w-8 shrink-0 sm:w-24">
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        className="absolute inset-0 size-full fill-none stroke-input"
      >
        {heights(leftCount).flatMap((from) =>
          heights(rightCount).map((to) => (
            <path
              key={`${from} ${to}`}
              d={`M0 ${from} C50 ${from} 50 ${to} 100 ${to}`}
              strokeWidth={1.5}
              vectorEffect="non-scaling-stroke"
            />
          )),
        )}
      </svg>
    </div>
  );
}
