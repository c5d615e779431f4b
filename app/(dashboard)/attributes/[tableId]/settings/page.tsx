import type { Metadata } from 'next';
import { TableSettings } from '#components/tables/table-settings.tsx';
import { loadTable } from '../load-table.ts';

export const metadata: Metadata = { title: 'Settings' };

type TableSettingsPageProps = { params: Promise<{ tableId: string }> };

export default async function TableSettingsPage({ params }: TableSettingsPageProps) {
  const table = await loadTable((await params).tableId);
  return <TableSettings tableId={table.id} />;
}
