import { ShieldAlert } from 'lucide-react';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** In place of webhooks, whose addresses may hold secrets of their receivers. */
export function AdministratorsOnly() {
  return (
    <Card>
      <EmptyState icon={<ShieldAlert />} title="Only administrators see webhooks">
        Their addresses may be secrets. Ask an administrator to add one for you.
      </EmptyState>
    </Card>
  );
}
