import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#components/ui/toast-manager.ts';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { updateAttribute } from '#lib/queries/attributes.ts';
import { tableKeys, tableQuery } from '#lib/queries/tables.ts';

type Change = { attribute: AttributeResponse; archived: boolean };

/** Archives or restores at once, takes it back when the server refuses, and offers to undo it. */
export function useArchiveAttribute(tableId: number) {
  const queryClient = useQueryClient();
  const { queryKey } = tableQuery(tableId);
  const change = useMutation({
    mutationFn: ({ attribute, archived }: Change) => updateAttribute(attribute.id, { archived }),
    onMutate: async ({ attribute, archived }) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      const archivedAt = archived ? new Date().toISOString() : null;
      queryClient.setQueryData(
        queryKey,
        (table) =>
          table && {
            ...table,
            attributes: table.attributes.map((item) =>
              item.id === attribute.id ? { ...item, archivedAt } : item,
            ),
          },
      );
      return { before };
    },
    onSuccess: (_saved, { attribute, archived }) => {
      toast.success(`${attribute.name} is ${archived ? 'archived' : 'restored'}`, {
        ...(archived
          ? { description: 'Its values stay stored, and are neither read nor written.' }
          : {}),
        action: {
          label: 'Undo',
          onClick: () => {
            change.mutate({ attribute, archived: !archived });
          },
        },
      });
    },
    onError: (error, { attribute, archived }, context) => {
      queryClient.setQueryData(queryKey, context?.before);
      toast.error(`${attribute.name} could not be ${archived ? 'archived' : 'restored'}`, error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: tableKeys.all }),
  });
  return change.mutate;
}
