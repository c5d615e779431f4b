'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { formatCount } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { TableResponse } from '#lib/contracts/tables.ts';
import { createAttributes } from '#lib/queries/attributes.ts';
import { RequestError } from '#lib/queries/fetch-json.ts';
import { tableKeys } from '#lib/queries/tables.ts';
import { BulkAddRows, type Choice, type NewProposal } from './bulk-add-rows.tsx';
import { proposeAttributes } from './propose-attributes.ts';
import { readPastedCsv } from './read-pasted-csv.ts';
import { toDatatype } from './value-type.ts';

type BulkAddDialogProps = { table: TableResponse; open: boolean; onClose: () => void };

export function BulkAddDialog({ table, open, onClose }: BulkAddDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      size="lg"
      title="Add attributes from a CSV header"
      description="Paste the first line of your file. With a few rows below it the datatypes are guessed from the values."
    >
      <BulkAddForm table={table} onClose={onClose} />
    </Dialog>
  );
}

function BulkAddForm({ table, onClose }: Omit<BulkAddDialogProps, 'open'>) {
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const pasted = readPastedCsv(useDeferredValue(text));
  const proposals =
    pasted.kind === 'columns' ? proposeAttributes(pasted.columns, table.attributes) : [];
  const chosen = proposals
    .filter((proposal): proposal is NewProposal => proposal.kind === 'new')
    .map((proposal) => ({ proposal, choice: choiceFor(choices, proposal) }))
    .filter(({ choice }) => choice.isIncluded);

  const create = useMutation({
    mutationFn: () =>
      createAttributes(table.id, {
        attributes: chosen.map(({ proposal, choice }) => ({
          name: proposal.name,
          description: null,
          isValuePublic: choice.isValuePublic,
          ...toDatatype(choice.type),
        })),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: tableKeys.all });
      toast.success(`${formatCount(chosen.length, 'attribute')} created`);
      onClose();
    },
  });
  return (
    <form
      noValidate
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length > 0 && !create.isPending) create.mutate();
      }}
    >
      <DialogBody>
        <FormError error={create.error} />
        <Field
          label="CSV header"
          error={pasted.kind === 'unreadable' ? pasted.message : undefined}
          description="Comma or tab separated, as in the file. It is read in your browser; the rows are not sent."
        >
          <Textarea
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              create.reset();
            }}
            rows={4}
            spellCheck={false}
            autoComplete="off"
            placeholder="customerId,most_viewed_category,LTV"
            className="font-mono text-xs whitespace-pre"
          />
        </Field>
        {proposals.length > 0 && (
          <BulkAddRows
            proposals={proposals}
            faults={faultsByName(create.error, chosen)}
            choiceFor={(proposal) => choiceFor(choices, proposal)}
            onChoose={(name, choice) => {
              setChoices(new Map(choices).set(name, choice));
            }}
          />
        )}
      </DialogBody>
      <DialogFooter>
        <p role="status" className="mr-auto text-xs text-muted-foreground">
          {chosen.length > 0 && 'Check each datatype: it cannot be changed later.'}
        </p>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          pending={create.isPending || create.isSuccess}
          disabledReason={chosen.length > 0 ? null : 'Paste a header with a new column first.'}
        >
          Create {chosen.length === 0 ? 'attributes' : formatCount(chosen.length, 'attribute')}
        </Button>
      </DialogFooter>
    </form>
  );
}

function choiceFor(choices: ReadonlyMap<string, Choice>, proposal: NewProposal): Choice {
  return (
    choices.get(proposal.name) ?? { isIncluded: true, type: proposal.type, isValuePublic: false }
  );
}

/** The server names faults by position: `attributes.3.name`. */
function faultsByName(
  error: Error | null,
  chosen: readonly { readonly proposal: NewProposal }[],
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  if (!(error instanceof RequestError)) return faults;
  for (const [path, message] of Object.entries(error.fields)) {
    const position = /^attributes\.(\d+)\./.exec(path)?.[1];
    const name = chosen[Number(position)]?.proposal.name;
    if (name !== undefined) faults.set(name, message);
  }
  return faults;
}
