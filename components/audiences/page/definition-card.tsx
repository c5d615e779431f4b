'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { Card, CardBody, CardHeader } from '#components/ui/card.tsx';
import type { AudienceCatalogue, AudienceResponse } from '#lib/contracts/audiences.ts';
import { nobody, parseConditionsText } from '#lib/core/audience/parse-conditions.ts';
import { useEditorCatalog } from '../editor/use-editor-catalog.ts';
import { fromCondition } from '../model/from-condition.ts';
import { outline } from '../model/outline.ts';

type DefinitionCardProps = { audience: AudienceResponse; catalogue: AudienceCatalogue };

/** Who is in it, in words; and what it is tied to. */
export function DefinitionCard({ audience, catalogue }: DefinitionCardProps) {
  const root = useMemo(() => {
    const parsed = parseConditionsText(audience.conditions);
    return fromCondition(parsed.ok ? parsed.value : nobody);
  }, [audience.conditions]);
  const catalog = useEditorCatalog(catalogue, root);
  return (
    <Card aria-labelledby="audience-definition">
      <CardHeader titleId="audience-definition" title="Who is in it" />
      <CardBody>
        <ul className="flex flex-col gap-0.5 text-sm">
          {outline(root, catalog).map((line, index) => (
            <li key={index} className="wrap-anywhere whitespace-pre-wrap">
              {line}
            </li>
          ))}
        </ul>
        <Links label="Uses the audiences" audiences={audience.uses} />
        <Links label="Used by the audiences" audiences={audience.usedBy} />
      </CardBody>
    </Card>
  );
}

type LinksProps = {
  label: string;
  audiences: readonly { readonly id: number; readonly name: string }[];
};

function Links({ label, audiences }: LinksProps) {
  if (audiences.length === 0) return null;
  return (
    <p className="text-sm text-muted-foreground">
      {label}{' '}
      {audiences.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link
            href={`/audiences/${id}`}
            className="inline-block min-h-6 rounded-sm text-brand underline underline-offset-4"
          >
            {name}
          </Link>
        </span>
      ))}
    </p>
  );
}
