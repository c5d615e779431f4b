import Link from 'next/link';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '#components/ui/table.tsx';
import type { PrivacyRequestSummary } from '#lib/contracts/privacy-requests.ts';
import { IdentifierText } from './identifier-text.tsx';
import { RequestStateBadge } from './request-state-badge.tsx';
import { identifierTypeWords, nameOf } from './request-words.ts';

type RequestTableProps = { requests: readonly PrivacyRequestSummary[]; isStale: boolean };

export function RequestTable({ requests, isStale }: RequestTableProps) {
  return (
    <Table label="Privacy requests" isStale={isStale}>
      <TableHeader>
        <TableHead>Request</TableHead>
        <TableHead>State</TableHead>
        <TableHead>Customer</TableHead>
        <TableHead>Asked by</TableHead>
        <TableHead>Asked</TableHead>
        <TableHead>Finished</TableHead>
      </TableHeader>
      <TableBody>
        {requests.map((request) => (
          <TableRow key={request.id}>
            <TableCell isTitle>
              <Link
                href={`/settings/privacy/${request.id}`}
                className="rounded-sm font-medium text-brand underline-offset-4 hover:underline"
              >
                {nameOf(request)}
              </Link>
            </TableCell>
            <TableCell label="State">
              <RequestStateBadge state={request.state} />
            </TableCell>
            <TableCell label="Customer">
              <span className="flex flex-col as-cards:items-end">
                <IdentifierText request={request} />
                <span className="text-xs text-muted-foreground">
                  {identifierTypeWords[request.identifierType]}
                  {request.table && ` of ${request.table.name}`}
                </span>
              </span>
            </TableCell>
            <TableCell label="Asked by" className="wrap-anywhere text-muted-foreground">
              {request.askedBy}
            </TableCell>
            <TableCell label="Asked" className="text-muted-foreground">
              <RelativeTime date={request.createdAt} />
            </TableCell>
            <TableCell label="Finished" className="text-muted-foreground">
              {request.finishedAt === null ? '–' : <RelativeTime date={request.finishedAt} />}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
