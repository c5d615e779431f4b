import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from '#components/ui/toast-manager.ts';
import { loadSampleData, tableKeys } from '#lib/queries/tables.ts';

export function useLoadSampleData() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: loadSampleData,
    onSuccess: async ({ tables }) => {
      await queryClient.invalidateQueries({ queryKey: tableKeys.all });
      toast.success('Sample data is on its way', {
        description: `Files for ${tables.map((table) => table.name).join(' and ')} are being processed.`,
      });
    },
    onError: (error) => {
      toast.error('The sample data could not be loaded', error);
    },
  });
}
