import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { buttonStyles } from '#components/ui/button-styles.ts';
import { Callout } from '#components/ui/callout.tsx';
import type { FileFault } from '#components/uploads/check-file.ts';

type RefusedFileProps = { fault: FileFault; tableId: number; onRetry: () => void };

/** A file whose fault was found before a byte of it was sent. */
export function RefusedFile({ fault, tableId, onRetry }: RefusedFileProps) {
  return (
    <div className="flex flex-col gap-2">
      <Callout tone="danger" role="alert" title="Not sent: the file would fail as a whole">
        {fault.message}
      </Callout>
      <div className="flex flex-wrap gap-2">
        <NextStep code={fault.code} tableId={tableId} />
        <Button size="sm" onClick={onRetry}>
          Check again
        </Button>
      </div>
    </div>
  );
}

function NextStep({ code, tableId }: { code: string; tableId: number }) {
  if (code === 'header-unknown-column' || code === 'header-archived-attribute') {
    return (
      <ButtonLink size="sm" href={`/attributes/${tableId}`}>
        Go to attributes
      </ButtonLink>
    );
  }
  if (code.startsWith('header-')) {
    return (
      <a
        href={`/api/tables/${tableId}/template.csv`}
        download
        className={buttonStyles({ size: 'sm' })}
      >
        Download template
      </a>
    );
  }
  return null;
}
