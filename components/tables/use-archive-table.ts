import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#components/ui/toast-manager.ts';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { tableKeys, tableQuery, updateTable } from '#lib/queries/tables.ts';

/** Archives or restores at once, takes it back when the server refuses, and offers to undo it. */
export function useArchiveTable({ id, name, archived }: TableResponse) {
  const queryClient = useQueryClient();
  const { queryKey } = tableQuery(id);
  const change = useMutation({
    mutationFn: (next: boolean) => updateTable(id, { archived: next }),
    onMutate: async (next) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      queryClient.setQueryData(queryKey, (table) => table && { ...table, archived: next });
      return { before };
    },
    onSuccess: (_table, next) => {
      toast.success(next ? `${name} is archived` : `${name} is restored`, {
        action: {
          label: 'Undo',
          onClick: () => {
            change.mutate(!next);
          },
        },
      });
    },
    onError: (error, next, context) => {
      queryClient.setQueryData(queryKey, context?.before);
      toast.error(next ? `${name} could not be archived` : `${name} could not be restored`, error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: tableKeys.all }),
  });
  return {
    isPending: change.isPending,
    toggle: () => {
      change.mutate(!archived);
    },
  };
}
