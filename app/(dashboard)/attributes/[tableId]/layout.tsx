import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { TableHeader } from '#components/tables/table-header.tsx';
import { getQueryClient } from '#lib/queries/client.ts';
import { tableKeys } from '#lib/queries/tables.ts';
import { findTable, loadTable } from './load-table.ts';

type TableLayoutProps = { params: Promise<{ tableId: string }>; children: ReactNode };

export async function generateMetadata({ params }: TableLayoutProps): Promise<Metadata> {
  const table = await findTable((await params).tableId);
  // Thrown from here, a page not found would have no title at all.
  const name = table?.name ?? 'Not found';
  return { title: { default: name, template: `%s · ${name} · OpenDCP` } };
}

export default async function TableLayout({ params, children }: TableLayoutProps) {
  const table = await loadTable((await params).tableId);
  const queryClient = getQueryClient();
  queryClient.setQueryData(tableKeys.detail(table.id), table);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TableHeader tableId={table.id} />
      {children}
    </HydrationBoundary>
  );
}
