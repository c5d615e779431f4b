'use client';

import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { DialogBody, DialogFooter } from './dialog.tsx';
import { FormError } from './form-error.tsx';
import { RadioGroup } from './radio-group.tsx';

type Overlap<Hours extends number> = {
  /** During which the old secret is good, too. */
  readonly hours: Hours;
  readonly label: string;
  readonly description: string;
};

type RotateFormProps<Hours extends number, Rotated> = {
  legend: string;
  overlaps: readonly Overlap<Hours>[];
  initialHours: Hours;
  /** Shown when there is to be no overlap. */
  warning?: ReactNode;
  actionLabel: string;
  rotate: (overlapHours: Hours) => Promise<Rotated>;
  onRotated: (rotated: Rotated) => void | Promise<void>;
  onCancel: () => void;
};

/** The inside of a dialog that makes a new secret, with some time in which the old one is good, too. */
export function RotateForm<Hours extends number, Rotated>({
  legend,
  overlaps,
  initialHours,
  warning,
  actionLabel,
  rotate,
  onRotated,
  onCancel,
}: RotateFormProps<Hours, Rotated>) {
  const [hours, setHours] = useState(initialHours);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => rotate(hours),
    onSuccess: onRotated,
  });
  return (
    <form
      className="contents"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) mutate();
      }}
    >
      <DialogBody>
        <FormError error={error} />
        <RadioGroup
          legend={legend}
          name="overlap"
          options={overlaps.map(({ hours, ...words }) => ({ value: String(hours), ...words }))}
          value={String(hours)}
          onValueChange={(value) => {
            setHours(overlaps.find(({ hours }) => String(hours) === value)?.hours ?? initialHours);
          }}
        />
        {hours === 0 && warning}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant={hours === 0 ? 'danger' : 'primary'} pending={isPending}>
          {actionLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
