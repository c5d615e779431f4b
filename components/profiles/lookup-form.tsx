'use client';

import { Search } from 'lucide-react';
import { useRef, useState, type SyntheticEvent } from 'react';
import { TablePicker } from '#components/tables/table-picker.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

export type Lookup = { readonly table: number; readonly customerId: string };

type LookupFormProps = {
  table: number | null;
  customerId: string;
  isPending: boolean;
  onLookUp: (lookup: Lookup) => void;
};

/** Give it a key of the address, so that Back fills in what was looked up before. */
export function LookupForm({ table, customerId, isPending, onLookUp }: LookupFormProps) {
  const [chosenTable, setTable] = useState(table);
  const [id, setId] = useState(customerId);
  const [wasSent, setSent] = useState(false);
  const tablePicker = useRef<HTMLButtonElement>(null);
  const idInput = useRef<HTMLInputElement>(null);
  const hasBlanks = id !== id.trim();

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setSent(true);
    if (chosenTable === null) {
      tablePicker.current?.focus();
      return;
    }
    if (id === '') {
      idInput.current?.focus();
      return;
    }
    onLookUp({ table: chosenTable, customerId: id });
  }

  return (
    <form
      noValidate
      onSubmit={submit}
      className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)_auto]"
    >
      <Field label="Table" error={wasSent && chosenTable === null ? 'Choose a table.' : undefined}>
        <TablePicker ref={tablePicker} value={chosenTable} onValueChange={setTable} />
      </Field>
      <Field
        label="Customer ID"
        error={wasSent && id === '' ? 'Enter a customer ID.' : undefined}
        notice={
          hasBlanks && (
            <p className="text-xs text-muted-foreground">
              The blanks at its ends are taken as part of the ID.
            </p>
          )
        }
      >
        <Input
          ref={idInput}
          value={id}
          onValueChange={setId}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          className="font-mono"
        />
      </Field>
      <Button type="submit" variant="primary" pending={isPending} className="sm:mt-6.5">
        <Search aria-hidden />
        Look up
      </Button>
    </form>
  );
}
