'use client';

import { useState } from 'react';
import { formatNumber } from '#components/format.ts';
import { Button } from '#components/ui/button.tsx';
import { ExactText } from '#components/ui/exact-text.tsx';
import type { ProfileValue } from '#lib/contracts/profiles.ts';
import { valueTypeOf } from '#lib/core/datatypes/types.ts';
import { echoTime } from './echo-time.ts';

/** A text may have a million characters; this many are shown unasked. */
const SHOWN_CHARACTERS = 1000;

/** The value as it is stored, to the last digit and blank. */
export function ProfileValueText({ datatype, format, value }: ProfileValue) {
  if (value === null) return <span className="text-muted-foreground">no value</span>;
  const type = valueTypeOf(datatype, format);
  if (type === 'string') return <StringValue text={value} />;
  const echo = echoTime(type, value);
  return (
    <span className="flex flex-wrap items-baseline gap-x-2.5">
      <code className="font-mono wrap-anywhere">{value}</code>
      {echo !== null && <span className="text-xs text-muted-foreground">{echo}</span>}
    </span>
  );
}

function StringValue({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(text.length <= SHOWN_CHARACTERS);
  if (text === '') return <span className="text-muted-foreground italic">empty text</span>;
  return (
    <>
      <ExactText text={isWhole ? text : text.slice(0, SHOWN_CHARACTERS)} />
      {!isWhole && (
        <>
          …{' '}
          <Button
            variant="link"
            size="text"
            onClick={() => {
              setWhole(true);
            }}
          >
            Show all {formatNumber(text.length)} characters
          </Button>
        </>
      )}
    </>
  );
}
