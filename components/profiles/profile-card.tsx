import Link from 'next/link';
import { DatatypeBadge } from '#components/attributes/datatype-badge.tsx';
import { formatCount } from '#components/format.ts';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { ExactText } from '#components/ui/exact-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '#components/ui/table.tsx';
import type { ProfileResponse } from '#lib/contracts/profiles.ts';
import { CopyJsonButton } from './copy-json-button.tsx';
import { ProfileValueText } from './profile-value-text.tsx';

/** What is known of one customer in one table. */
export function ProfileCard({ profile }: { profile: ProfileResponse }) {
  const { tableId, tableName, customerId, values } = profile;
  const known = values.filter(({ value }) => value !== null).length;
  return (
    <Card aria-labelledby={`profile-${tableId}`}>
      <CardHeader
        titleId={`profile-${tableId}`}
        title={
          <span className="flex items-center gap-1">
            <ExactText text={customerId} className="font-mono" />
            <CopyButton text={customerId} label="Copy customer ID" size="inline" />
          </span>
        }
        description={
          <>
            <Link
              href={`/attributes/${tableId}`}
              className="rounded-sm font-medium text-brand underline-offset-4 hover:underline"
            >
              {tableName}
            </Link>
            {' · '}
            {known} of {formatCount(values.length, 'attribute')} with a value
            {' · '}
            <LastUpdate profile={profile} />
          </>
        }
        actions={<CopyJsonButton profiles={[profile]} />}
      />
      {values.length === 0 ? (
        <p className="p-4 text-sm text-muted-foreground">
          The table has no attributes yet, so there is nothing but the customer ID.
        </p>
      ) : (
        <Table label={`Attributes of customer ${customerId}`}>
          <TableHeader>
            <TableHead className="w-64">Attribute</TableHead>
            <TableHead className="w-64">Datatype</TableHead>
            <TableHead>Value</TableHead>
          </TableHeader>
          <TableBody>
            {values.map((value) => (
              <TableRow key={value.attributeId}>
                <TableCell isTitle className="align-top font-medium wrap-anywhere">
                  {value.name}
                </TableCell>
                <TableCell className="align-top">
                  <DatatypeBadge datatype={value.datatype} format={value.format} />
                </TableCell>
                <TableCell className="align-top as-cards:block">
                  <ProfileValueText {...value} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function LastUpdate({ profile: { updatedAt, source } }: { profile: ProfileResponse }) {
  if (updatedAt === null) return <>never updated</>;
  return (
    <>
      last updated <RelativeTime date={updatedAt} /> by{' '}
      {source === null ? (
        'the REST API'
      ) : (
        <Link
          href={`/uploads/${source.uploadId}`}
          className="rounded-sm font-medium text-brand underline-offset-4 hover:underline"
        >
          {source.fileName}
        </Link>
      )}
    </>
  );
}
