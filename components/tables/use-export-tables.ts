import { useMutation, useQueryClient } from '@tanstack/react-query';
import { downloadCsv } from '#components/download-csv.ts';
import { toast } from '#components/ui/toast-manager.ts';
import type { ListTablesParameters, TableSummary } from '#lib/contracts/tables.ts';
import { tablesQuery } from '#lib/queries/tables.ts';

const perPage = 200;

/** Saves the whole list, as it is filtered and sorted, not just the page on the screen. */
export function useExportTables() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (view: ListTablesParameters) => {
      const tables: TableSummary[] = [];
      for (let page = 1, total = 1; tables.length < total; page++) {
        const answer = await queryClient.query({
          ...tablesQuery({ ...view, page, perPage }),
          staleTime: 0,
        });
        if (answer.items.length === 0) break;
        tables.push(...answer.items);
        total = answer.total;
      }
      return tables;
    },
    onSuccess: (tables) => {
      downloadCsv({
        name: 'tables',
        header: [
          'name',
          'api_id',
          'description',
          'customer_id_field',
          'customer_id_name',
          'attributes',
          'rows',
          'last_upload',
          'last_upload_state',
          'archived',
          'modified',
        ],
        rows: tables.map((table) => [
          table.name,
          table.id,
          table.description,
          table.keyKind,
          table.keyName,
          table.attributeCount,
          table.rowCount,
          table.lastUpload?.fileName ?? null,
          table.lastUpload?.state ?? null,
          table.archived,
          table.updatedAt,
        ]),
      });
    },
    onError: (error) => {
      toast.error('The list could not be exported', error);
    },
  });
}
