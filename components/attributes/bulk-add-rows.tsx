'use client';

import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '#components/format.ts';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { Select } from '#components/ui/select.tsx';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '#components/ui/table.tsx';
import type { ValueType } from '#lib/core/datatypes/types.ts';
import type { Proposal } from './propose-attributes.ts';
import { valueTypeOptions } from './value-type.ts';

export type NewProposal = Extract<Proposal, { kind: 'new' }>;

export type Choice = {
  readonly isIncluded: boolean;
  readonly type: ValueType;
  readonly isValuePublic: boolean;
};

type BulkAddRowsProps = {
  proposals: readonly Proposal[];
  /** What the server found wrong, by name. */
  faults: ReadonlyMap<string, string>;
  choiceFor: (proposal: NewProposal) => Choice;
  onChoose: (name: string, choice: Choice) => void;
};

const perPage = 50;

export function BulkAddRows({ proposals, faults, choiceFor, onChoose }: BulkAddRowsProps) {
  const [wantedPage, setPage] = useState(1);
  const page = Math.min(wantedPage, Math.max(1, Math.ceil(proposals.length / perPage)));
  const shown = proposals.slice((page - 1) * perPage, page * perPage);
  return (
    <div className="shrink-0 rounded-md border">
      <Table label="Columns of the pasted header">
        <TableHeader>
          <TableHead className="w-8">
            <span className="sr-only">Create</span>
          </TableHead>
          <TableHead>Column</TableHead>
          <TableHead>Datatype</TableHead>
          <TableHead>Readable by web pages</TableHead>
        </TableHeader>
        <TableBody>
          {shown.map((proposal, index) =>
            proposal.kind === 'new' ? (
              <NewRow
                key={`${proposal.name}-${index}`}
                proposal={proposal}
                fault={faults.get(proposal.name)}
                choice={choiceFor(proposal)}
                onChoose={(choice) => {
                  onChoose(proposal.name, choice);
                }}
              />
            ) : (
              <SkippedRow key={`${proposal.name}-${index}`} proposal={proposal} />
            ),
          )}
        </TableBody>
      </Table>
      {proposals.length > perPage && (
        <Pagination
          noun="column"
          page={page}
          perPage={perPage}
          total={proposals.length}
          onPageChange={setPage}
        />
      )}
    </div>
  );
}

type NewRowProps = {
  proposal: NewProposal;
  fault: string | undefined;
  choice: Choice;
  onChoose: (choice: Choice) => void;
};

function NewRow({ proposal, fault, choice, onChoose }: NewRowProps) {
  const { name, warning } = proposal;
  return (
    <TableRow>
      <TableCell className="as-cards:absolute as-cards:top-4 as-cards:right-4">
        <Checkbox
          aria-label={`Create ${name}`}
          checked={choice.isIncluded}
          onCheckedChange={(isIncluded) => {
            onChoose({ ...choice, isIncluded });
          }}
        />
      </TableCell>
      <TableCell isTitle className="as-cards:pr-8 as-rows:max-w-56 as-rows:min-w-36">
        <span className="font-medium wrap-break-word">{name}</span>
        {warning !== null && (
          <span className="flex items-start gap-1 text-xs text-warning">
            <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {warning} Personal data must not be sent.
          </span>
        )}
        {fault !== undefined && (
          <span className="flex items-start gap-1 text-xs font-medium text-danger">
            <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {fault}
          </span>
        )}
      </TableCell>
      <TableCell label="Datatype">
        <div className="flex flex-col gap-0.5 as-cards:items-end">
          <Select
            aria-label={`Datatype of ${name}`}
            options={valueTypeOptions}
            value={choice.type}
            onValueChange={(type) => {
              onChoose({ ...choice, type });
            }}
            disabled={!choice.isIncluded}
            className="w-auto min-w-52"
          />
          <span className="text-xs text-muted-foreground">{describeGuess(proposal, choice)}</span>
        </div>
      </TableCell>
      <TableCell label="Readable by web pages">
        <Checkbox
          aria-label={`${name} may be read by web pages`}
          checked={choice.isValuePublic}
          disabled={!choice.isIncluded}
          onCheckedChange={(isValuePublic) => {
            onChoose({ ...choice, isValuePublic });
          }}
        />
      </TableCell>
    </TableRow>
  );
}

function SkippedRow({ proposal }: { proposal: Exclude<Proposal, NewProposal> }) {
  return (
    <TableRow className="bg-canvas text-muted-foreground">
      <TableCell className="as-cards:hidden">
        <span className="sr-only">Not created</span>
      </TableCell>
      <TableCell isTitle className="as-rows:max-w-56 as-rows:min-w-36">
        <span className="font-medium wrap-break-word">
          {proposal.name === '' ? '(no name)' : proposal.name}
        </span>
      </TableCell>
      <TableCell colSpan={2} className="text-xs">
        {proposal.kind === 'customer-id'
          ? 'Holds the customer ID. Every file needs this column; there is nothing to register.'
          : proposal.reason}
      </TableCell>
    </TableRow>
  );
}

function describeGuess({ type, sampleCount, example }: NewProposal, choice: Choice): string {
  if (choice.type !== type) return 'Chosen by you';
  if (sampleCount === 0) return 'Guessed from the name';
  const value = example !== null && example.length > 24 ? `${example.slice(0, 24)}…` : example;
  return `Guessed from ${formatCount(sampleCount, 'value')}, such as ${value ?? ''}`;
}
