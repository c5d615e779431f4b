import { useMutation, useQueryClient } from '@tanstack/react-query';
import { formatCount } from '#components/format.ts';
import { toast } from '#components/ui/toast-manager.ts';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { updateAttribute } from '#lib/queries/attributes.ts';
import { tableKeys, tableQuery } from '#lib/queries/tables.ts';

type Change = { attributes: readonly AttributeResponse[]; archived: boolean };

/** Archives or restores at once, takes it back when the server refuses, and offers to undo it. */
export function useArchiveAttributes(tableId: number) {
  const queryClient = useQueryClient();
  const { queryKey } = tableQuery(tableId);
  const change = useMutation({
    mutationFn: async ({ attributes, archived }: Change) => {
      // One after the other: each is a change of the same table.
      for (const { id } of attributes) await updateAttribute(id, { archived });
    },
    onMutate: async ({ attributes, archived }) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData(queryKey);
      const ids = new Set(attributes.map(({ id }) => id));
      const archivedAt = archived ? new Date().toISOString() : null;
      queryClient.setQueryData(
        queryKey,
        (table) =>
          table && {
            ...table,
            attributes: table.attributes.map((item) =>
              ids.has(item.id) ? { ...item, archivedAt } : item,
            ),
          },
      );
      return { before };
    },
    onSuccess: (_nothing, { attributes, archived }) => {
      toast.success(`${describe(attributes)} ${archived ? 'archived' : 'restored'}`, {
        ...(archived
          ? { description: 'Values stay stored, and are neither read nor written.' }
          : {}),
        action: {
          label: 'Undo',
          onClick: () => {
            change.mutate({ attributes, archived: !archived });
          },
        },
      });
    },
    onError: (error, { attributes, archived }, context) => {
      queryClient.setQueryData(queryKey, context?.before);
      const verb = archived ? 'archived' : 'restored';
      toast.error(
        attributes.length === 1
          ? `${attributes[0]?.name ?? 'The attribute'} could not be ${verb}`
          : `Not all attributes could be ${verb}`,
        error,
      );
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: tableKeys.all }),
  });
  return change.mutate;
}

function describe(attributes: readonly AttributeResponse[]): string {
  const [first] = attributes;
  if (attributes.length === 1 && first) return `${first.name} is`;
  return `${formatCount(attributes.length, 'attribute')} are`;
}
