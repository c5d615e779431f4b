'use client';

import { Download } from 'lucide-react';
import Link from 'next/link';
import { useTable } from '#components/tables/use-table.ts';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';

/** A correct header to start from, with or without a row to look at. */
export function TemplateCard({ tableId }: { tableId: number }) {
  const table = useTable(tableId);
  const active = table.attributes.filter(({ archivedAt }) => archivedAt === null);
  const path = `/api/tables/${table.id}/template.csv`;
  return (
    <Card aria-labelledby="csv-template">
      <CardHeader
        titleId="csv-template"
        title="CSV template"
        description="The header row with customerId and every active attribute. Leave out the columns that a file does not set."
      />
      <CardBody>
        {active.length === 0 && (
          <Callout tone="warning">
            The table has no active attributes yet, so a file could only hold customer IDs.{' '}
            <Link
              href={`/attributes/${table.id}`}
              className="font-medium text-brand underline underline-offset-4"
            >
              Register attributes
            </Link>{' '}
            first.
          </Callout>
        )}
        <div className="flex flex-wrap gap-2">
          <a href={path} download className={buttonStyles({})}>
            <Download aria-hidden />
            Download the header CSV
          </a>
          <a href={`${path}?example=1`} download className={buttonStyles({})}>
            <Download aria-hidden />
            With an example row
          </a>
        </div>
      </CardBody>
    </Card>
  );
}
