'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { AudienceResponse } from '#lib/contracts/audiences.ts';
import { parseConditionsText } from '#lib/core/audience/parse-conditions.ts';
import type { EditorCatalog } from '../model/editor-catalog.ts';
import type { EditorGroup } from '../model/editor-node.ts';
import { fromCondition } from '../model/from-condition.ts';
import { outline } from '../model/outline.ts';
import { OutlineDiff } from './outline-diff.tsx';

type ConflictNoticeProps = {
  /** As it is stored now. */
  theirs: AudienceResponse;
  mine: EditorGroup;
  catalog: EditorCatalog;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
};

/** Somebody saved while this was edited: nothing is overwritten before a person has chosen. */
export function ConflictNotice(props: ConflictNoticeProps) {
  const { theirs, mine, catalog, onKeepMine, onTakeTheirs } = props;
  const [isComparing, setComparing] = useState(false);
  const parsed = parseConditionsText(theirs.conditions);
  const theirLines = parsed.ok ? outline(fromCondition(parsed.value), catalog) : [theirs.words];
  const choose = (choice: () => void) => () => {
    setComparing(false);
    choice();
  };
  return (
    <>
      <Callout
        tone="warning"
        role="alert"
        title={`${theirs.updatedBy} saved version ${theirs.version} while you were editing`}
        actions={
          <>
            <Button
              size="sm"
              onClick={() => {
                setComparing(true);
              }}
            >
              Compare
            </Button>
            <Button size="sm" onClick={onKeepMine}>
              Keep mine
            </Button>
            <Button size="sm" onClick={onTakeTheirs}>
              Take theirs
            </Button>
          </>
        }
      >
        <RelativeTime date={theirs.updatedAt} />. Saving asks you to choose first; nothing of theirs
        was overwritten.
      </Callout>
      <Dialog
        open={isComparing}
        onOpenChange={setComparing}
        size="lg"
        title="What differs"
        description={`From version ${theirs.version} by ${theirs.updatedBy} to yours.`}
      >
        <DialogBody>
          <OutlineDiff
            label="Their conditions against yours"
            before={theirLines}
            after={outline(mine, catalog)}
          />
        </DialogBody>
        <DialogFooter>
          <Button onClick={choose(onTakeTheirs)}>Take theirs</Button>
          <Button variant="primary" onClick={choose(onKeepMine)}>
            Keep mine
          </Button>
        </DialogFooter>
      </Dialog>
    </>
  );
}
