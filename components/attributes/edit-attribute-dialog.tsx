'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { emptyToNull } from '#components/empty-to-null.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import {
  updateAttributeRequest,
  type AttributeResponse,
  type UpdateAttributeRequest,
} from '#lib/contracts/attributes.ts';
import { updateAttribute } from '#lib/queries/attributes.ts';
import { tableKeys } from '#lib/queries/tables.ts';
import { DatatypeBadge } from './datatype-badge.tsx';
import { PublicCheckbox } from './public-checkbox.tsx';

const editedFields = updateAttributeRequest.pick({ description: true, isValuePublic: true });

type EditAttributeDialogProps = {
  /** null while the dialog is closed. */
  attribute: AttributeResponse | null;
  onClose: () => void;
  onCopy: (attribute: AttributeResponse) => void;
};

export function EditAttributeDialog({ attribute, onClose, onCopy }: EditAttributeDialogProps) {
  return (
    <Dialog
      open={attribute !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={attribute ? `Edit ${attribute.name}` : ''}
    >
      {attribute && <EditAttributeForm attribute={attribute} onClose={onClose} onCopy={onCopy} />}
    </Dialog>
  );
}

type EditAttributeFormProps = {
  attribute: AttributeResponse;
  onClose: () => void;
  onCopy: (attribute: AttributeResponse) => void;
};

function EditAttributeForm({ attribute, onClose, onCopy }: EditAttributeFormProps) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(editedFields),
    defaultValues: {
      description: attribute.description,
      isValuePublic: attribute.isValuePublic,
    },
  });
  const save = useMutation({
    mutationFn: (values: UpdateAttributeRequest) => updateAttribute(attribute.id, values),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: tableKeys.all });
      toast.success(`${attribute.name} is saved`);
      onClose();
    },
  });
  return (
    <MutationForm form={form} mutation={save}>
      <DialogBody>
        <FormError error={save.error} />
        <Field label="Description" optional error={form.formState.errors.description?.message}>
          <Textarea {...form.register('description', { setValueAs: emptyToNull })} rows={3} />
        </Field>
        <Controller
          control={form.control}
          name="isValuePublic"
          render={({ field }) => (
            <PublicCheckbox checked={field.value ?? false} onCheckedChange={field.onChange} />
          )}
        />
        <div className="flex flex-col items-start gap-1.5 border-t pt-4 text-sm">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium">Datatype</span>
            <DatatypeBadge datatype={attribute.datatype} format={attribute.format} />
          </p>
          <p className="text-xs text-pretty text-muted-foreground">
            Name and datatype never change, because files and audiences rely on them. For another
            datatype make a copy, upload its values and archive this attribute.
          </p>
          <Button
            variant="link"
            size="text"
            onClick={() => {
              onCopy(attribute);
            }}
          >
            Create a copy
          </Button>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={save.isPending || save.isSuccess}>
          Save changes
        </Button>
      </DialogFooter>
    </MutationForm>
  );
}
