import { TabSkeleton } from '#components/shell/page-skeleton.tsx';

/** Between two tabs the audience's header stays where it is. */
export default function Loading() {
  return <TabSkeleton label="Loading the tab" />;
}
