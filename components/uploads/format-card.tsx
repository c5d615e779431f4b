'use client';

import { useTable } from '#components/tables/use-table.ts';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { datatypeRules } from '#lib/core/datatypes/datatype-rules.ts';
import { valueTypeOf, valueTypes } from '#lib/core/datatypes/types.ts';
import { DatatypeRuleItem } from './datatype-rule-item.tsx';

/** What a file must look like, with examples; what this table uses comes first. */
export function FormatCard({ tableId }: { tableId: number }) {
  const table = useTable(tableId);
  const names = new Map(valueTypes.map((type) => [type, namesOfType(table, type)]));
  const used = valueTypes.filter((type) => names.get(type)?.length);
  const unused = valueTypes.filter((type) => !names.get(type)?.length);
  return (
    <Card aria-labelledby="csv-format">
      <CardHeader titleId="csv-format" title="CSV requirements" />
      <CardBody>
        <ul className="flex list-disc flex-col gap-1.5 pl-4 text-sm marker:text-muted-foreground">
          <li>
            The header row must have a column <Code>customerId</Code>, in letters of any case, and
            every row a value in it: the customer&apos;s ID as {describeKey(table)}.
          </li>
          <li>
            Every other column must be a registered attribute, spelled exactly so. A file may have
            some of them only, in any order.
          </li>
          <li>
            Double quotation marks inside a value are written twice, and the value goes in quotes:{' '}
            <Code>{`"Height: 6'1"""`}</Code>. Nothing else needs escaping.
          </li>
          <li>
            An empty cell{' '}
            {table.emptyCells === 'clear' ? 'clears the value' : 'keeps the old value'};{' '}
            <Code>&quot;&quot;</Code> is the empty text.
          </li>
          <li>
            A header that does not fit fails the whole file. A row that does not fit is rejected and
            listed, and the others are stored.
          </li>
          <li>{describeKeeping(table)}</li>
        </ul>
      </CardBody>
      <h3 className="border-t px-4 pt-3 pb-1 text-sm">Datatypes</h3>
      <ul className="divide-y">
        {[...used, ...unused].map((type) => (
          <DatatypeRuleItem
            key={type}
            rule={datatypeRules[type]}
            attributeNames={names.get(type) ?? []}
          />
        ))}
      </ul>
    </Card>
  );
}

function describeKeeping({ keepFilesDays }: TableResponse): string {
  if (keepFilesDays === null) return 'A file stays in the import path until it is deleted there.';
  if (keepFilesDays === 0) return 'A file is deleted once it is loaded.';
  return `A file is deleted ${keepFilesDays === 1 ? 'a day' : `${keepFilesDays} days`} after it was loaded.`;
}

function Code({ children }: { children: React.ReactNode }) {
  return <code className="rounded-sm bg-muted px-1 font-mono text-xs">{children}</code>;
}

function namesOfType({ attributes }: TableResponse, type: string): string[] {
  return attributes
    .filter(({ archivedAt }) => archivedAt === null)
    .filter(({ datatype, format }) => valueTypeOf(datatype, format) === type)
    .map(({ name }) => name);
}

function describeKey({ keyKind, keyName }: TableResponse): React.ReactNode {
  const name = <Code>{keyName}</Code>;
  switch (keyKind) {
    case 'cookie':
      return <>it appears in their cookie {name}</>;
    case 'query parameter':
      return <>it appears in the query parameter {name}</>;
    case 'js_variable':
      return <>it appears in the JavaScript variable {name}</>;
    case 'uid':
      return (
        <>
          it appears in their <Code>optimizelyEndUserId</Code> cookie
        </>
      );
  }
}
