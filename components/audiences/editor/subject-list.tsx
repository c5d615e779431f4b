'use client';

import { useCallback, useState } from 'react';
import type { EditorAttribute } from '../model/editor-catalog.ts';
import { AttributeList } from '../picker/attribute-list.tsx';
import { AudienceGroup } from '../picker/audience-group.tsx';
import { useFoundAudiences } from '../picker/use-found-audiences.ts';
import { useEditor } from './editor-context.tsx';

export type PickedSubject =
  | { readonly kind: 'attribute'; readonly attribute: EditorAttribute }
  | { readonly kind: 'audience'; readonly audienceId: number };

type SubjectListProps = { onPick: (subject: PickedSubject) => void };

/** External attributes by table, then audiences; one search for all. */
export function SubjectList({ onPick }: SubjectListProps) {
  const { catalog, audienceId, projectId } = useEditor();
  const [text, setText] = useState('');
  const without = audienceId === undefined ? [] : [audienceId];
  const found = useFoundAudiences({ text, projectId, without });
  const pickAttribute = useCallback(
    (attribute: EditorAttribute) => {
      onPick({ kind: 'attribute', attribute });
    },
    [onPick],
  );
  return (
    <AttributeList
      label="Attributes and audiences"
      placeholder="Search attributes and audiences"
      tables={catalog.tables}
      text={text}
      onTextChange={setText}
      onPick={pickAttribute}
      isSearching={found.isSearching}
    >
      <AudienceGroup
        found={found}
        onPick={(picked) => {
          onPick({ kind: 'audience', audienceId: picked });
        }}
      />
    </AttributeList>
  );
}
