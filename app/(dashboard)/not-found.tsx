import type { Metadata } from 'next';
import { NotFound } from '#components/shell/not-found.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function DashboardNotFound() {
  return (
    <NotFound title="Not found">
      It may have been deleted, or the link is mistyped. Ask an administrator if you expected to
      find it here.
    </NotFound>
  );
}
