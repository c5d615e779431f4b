'use client';

import { useState } from 'react';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import type { CodeSample } from '#lib/contracts/openapi/code-samples.ts';

export function CodeTabs({ samples }: { samples: readonly CodeSample[] }) {
  const [lang, setLang] = useState<CodeSample['lang']>('shell');
  return (
    <Tabs
      label="Language"
      value={lang}
      onValueChange={setLang}
      tabs={samples.map(({ lang: value, label, source }) => ({
        value,
        label,
        content: <CodeBlock code={source.trimEnd()} label={`${label} example`} />,
      }))}
    />
  );
}
