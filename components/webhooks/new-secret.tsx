import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { DialogBody, DialogFooter } from '#components/ui/dialog.tsx';

/** A signing secret at the one moment at which it can be seen. */
export function NewSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <>
      <DialogBody>
        <CodeBlock code={secret} label="signing secret" />
        <Callout tone="warning" title="This secret is shown only now">
          Copy it to where the receiver keeps its secrets: by it the receiver knows that a message
          comes from here. If it is lost, rotate it.
        </Callout>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}
