'use client';

import { useQuery } from '@tanstack/react-query';
import { TablePicker } from '#components/tables/table-picker.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import type { WebhookScope } from '#lib/contracts/webhooks.ts';
import { servicesQuery } from '#lib/queries/tokens.ts';

type ScopeChoiceProps = {
  value: WebhookScope;
  onValueChange: (scope: WebhookScope) => void;
  error: string | undefined;
};

/** One table, one service where there are several, or everything. */
export function ScopeChoice({ value, onValueChange, error }: ScopeChoiceProps) {
  const services = useQuery(servicesQuery()).data ?? [];
  const serviceOptions = [
    { value: 'all', label: 'All services' },
    ...services.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Table" error={error}>
        <TablePicker
          value={value.kind === 'table' ? value.id : null}
          noneLabel="All tables"
          placeholder="All tables"
          onValueChange={(id) => {
            onValueChange(id === null ? { kind: 'all' } : { kind: 'table', id });
          }}
        />
      </Field>
      {services.length > 1 && value.kind !== 'table' && (
        <Field label="Service">
          <Select
            options={serviceOptions}
            value={value.kind === 'service' ? String(value.id) : 'all'}
            onValueChange={(id) => {
              onValueChange(id === 'all' ? { kind: 'all' } : { kind: 'service', id: Number(id) });
            }}
          />
        </Field>
      )}
    </div>
  );
}
