'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PlugZap } from 'lucide-react';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { setServerErrors } from '#components/set-server-errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { MutationForm } from '#components/ui/mutation-form.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import {
  saveWatchedBucketRequest,
  type SaveWatchedBucketRequest,
  type WatchedBucketResponse,
} from '#lib/contracts/watched-buckets.ts';
import {
  saveWatchedBucket,
  testWatchedBucket,
  watchedBucketKeys,
} from '#lib/queries/watched-buckets.ts';
import { BucketFields, bucketFormFields, type BucketForm } from './bucket-fields.tsx';

type BucketDialogProps = {
  tableId: number;
  /** null while none is watched. */
  watched: WatchedBucketResponse | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function BucketDialog({ tableId, watched, open, onOpenChange }: BucketDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={watched ? 'Edit the watched bucket' : 'Watch a bucket'}
      description="Its files are read, never changed. The access key needs to list the bucket and to get its objects."
    >
      <BucketDialogForm
        tableId={tableId}
        watched={watched}
        onDone={() => {
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

type BucketDialogFormProps = {
  tableId: number;
  watched: WatchedBucketResponse | null;
  onDone: () => void;
};

function BucketDialogForm({ tableId, watched, onDone }: BucketDialogFormProps) {
  const queryClient = useQueryClient();
  const [hasFieldErrors, setFieldErrors] = useState(false);
  const form = useForm<BucketForm, unknown, SaveWatchedBucketRequest>({
    resolver: zodResolver(saveWatchedBucketRequest),
    defaultValues: toFormValues(watched),
  });
  const onError = (error: Error) => {
    setFieldErrors(setServerErrors({ error, setError: form.setError, fields: bucketFormFields }));
  };
  const test = useMutation({
    mutationFn: (values: SaveWatchedBucketRequest) => testWatchedBucket(tableId, values),
    onError,
  });
  const save = useMutation({
    mutationFn: (values: SaveWatchedBucketRequest) => saveWatchedBucket(tableId, values),
    onSuccess: async (saved) => {
      queryClient.setQueryData(watchedBucketKeys.detail(tableId), saved);
      toast.success(watched ? 'The watched bucket is saved' : 'The bucket is watched');
      onDone();
      await queryClient.invalidateQueries({ queryKey: watchedBucketKeys.detail(tableId) });
    },
    onError,
  });
  return (
    <FormProvider {...form}>
      <MutationForm form={form} mutation={save}>
        <DialogBody>
          <FormError error={save.error ?? test.error} hidden={hasFieldErrors} />
          <BucketFields isNew={!watched} />
        </DialogBody>
        {/* Not in the part that scrolls: it has to be seen where the button is. */}
        <div role="status" className="px-5 not-empty:py-3">
          {test.data && (
            <Callout
              tone={test.data.ok ? 'info' : 'danger'}
              title={test.data.ok ? 'The bucket can be read' : 'The bucket cannot be read'}
            >
              {test.data.message}
            </Callout>
          )}
        </div>
        <DialogFooter>
          <Button
            pending={test.isPending}
            className="mr-auto"
            onClick={(event) =>
              void form.handleSubmit((values) => test.mutateAsync(values).catch(() => null))(event)
            }
          >
            <PlugZap aria-hidden />
            Test connection
          </Button>
          <Button onClick={onDone}>Cancel</Button>
          <Button type="submit" variant="primary" pending={save.isPending}>
            {watched ? 'Save changes' : 'Watch bucket'}
          </Button>
        </DialogFooter>
      </MutationForm>
    </FormProvider>
  );
}

function toFormValues(watched: WatchedBucketResponse | null): BucketForm {
  const parsed = saveWatchedBucketRequest.shape.pollSeconds.safeParse(watched?.pollSeconds);
  return {
    endpoint: watched?.endpoint ?? null,
    bucket: watched?.bucket ?? '',
    region: watched?.region ?? 'us-east-1',
    prefix: watched?.prefix ?? '',
    accessKeyId: watched?.accessKeyId ?? '',
    secretAccessKey: null,
    pollSeconds: parsed.success ? parsed.data : 300,
    loadExisting: true,
  };
}
