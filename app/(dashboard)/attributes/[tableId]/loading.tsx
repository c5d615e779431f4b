import { TabSkeleton } from '#components/shell/page-skeleton.tsx';

/** Between two tabs the table's header stays where it is. */
export default function Loading() {
  return <TabSkeleton label="Loading the tab" />;
}
