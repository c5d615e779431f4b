import { AttributesPanel } from '#components/attributes/attributes-panel.tsx';
import { loadTable } from './load-table.ts';

type TablePageProps = { params: Promise<{ tableId: string }> };

export default async function TablePage({ params }: TablePageProps) {
  const table = await loadTable((await params).tableId);
  return <AttributesPanel tableId={table.id} />;
}
