'use client';

import { debounce, useQueryStates } from 'nuqs';
import { historyParameters } from './history-parameters.ts';

/** The view of an Upload History as its address says: a shared link shows the same page. */
export function useHistoryAddress() {
  const [address, setAddress] = useQueryStates(historyParameters);
  return {
    address,
    /** Every filter change goes back to the first page. */
    setFilter: (filter: Partial<Omit<typeof address, 'page'>>) => {
      const isTyping = filter.search !== undefined && filter.search !== '';
      void setAddress(
        { ...filter, page: null },
        isTyping ? { limitUrlUpdates: debounce(300) } : {},
      );
    },
    setPage: (page: number) => {
      void setAddress({ page }, { history: 'push' });
    },
    clearFilters: () => {
      void setAddress(null);
    },
  };
}

export type HistoryAddressState = ReturnType<typeof useHistoryAddress>;
