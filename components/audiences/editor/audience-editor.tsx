'use client';

import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { FormError } from '#components/ui/form-error.tsx';
import { toast } from '#components/ui/toast-manager.ts';
import type { AudienceCatalogue, AudienceResponse } from '#lib/contracts/audiences.ts';
import { RequestError } from '#lib/queries/fetch-json.ts';
import type { AudienceDraft } from '../model/audience-draft.ts';
import { needsLayout, writeLayout } from '../model/layout.ts';
import { pressingProblems, withServerFaults } from '../model/pressing-problems.ts';
import type { RuleProblem } from '../model/rule-problem.ts';
import { AudienceFields } from './audience-fields.tsx';
import { ConditionsCard, type ConditionsView } from './conditions-card.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { EditorContext, type EditorContextValue } from './editor-context.tsx';
import { LiveContext, type LiveContextValue } from '../live/live-context.ts';
import { LivePanel } from '../live/live-panel.tsx';
import { createNodeAnswers } from '../live/node-answers.ts';
import type { Question } from '../live/question.ts';
import { ProblemSummary } from './problem-summary.tsx';
import { useAnnouncer } from './use-announcer.ts';
import { useDraftKeeper } from './use-draft-keeper.ts';
import { useEditorCatalog } from './use-editor-catalog.ts';
import { useEditorState } from './use-editor-state.ts';
import { useNodeFocus } from './use-node-focus.ts';
import { useSaveAudience } from './use-save-audience.ts';
import { useStableMap } from './use-stable-map.ts';
import { useUndoKeys } from './use-undo-keys.ts';
import { useWrittenTree } from './use-written-tree.ts';

type AudienceEditorProps = {
  /** As it is stored now; `null` for a new one. */
  stored: AudienceResponse | null;
  catalogue: AudienceCatalogue;
  /** What to begin with: the stored audience, or the draft that was kept of it. */
  start: AudienceDraft;
  /** Where its draft is kept. */
  draftKey: string;
  isReadOnly: boolean;
  onSaved: (audience: AudienceResponse) => void;
  /** Begin again with what is stored. */
  onTakeTheirs: () => void;
  /** The page's heading, around the buttons that save. */
  header: (actions: ReactNode) => ReactNode;
};

export function AudienceEditor(props: AudienceEditorProps) {
  const { stored, catalogue, start, draftKey, isReadOnly, onSaved, onTakeTheirs, header } = props;
  const audienceId = stored?.id;
  const projectId = catalogue.project.id;
  const { root, canUndo, canRedo, dispatch } = useEditorState(start.root);
  const [fields, setFields] = useState({ name: start.name, description: start.description });
  const [version, setVersion] = useState(start.version);
  const [view, setView] = useState<ConditionsView>('builder');
  const [wasRefused, setRefused] = useState(false);
  const [answers] = useState(createNodeAnswers);
  const [isFunnelShown, setFunnelShown] = useState(true);
  const nameInput = useRef<HTMLInputElement>(null);
  const catalog = useEditorCatalog(catalogue, root);
  const tree = useWrittenTree(root, catalog, audienceId);
  const { spoken, announce } = useAnnouncer();
  const { focusNode, focusNow } = useNodeFocus(root);
  const draft = useDraftKeeper(draftKey, { ...fields, version, root }, start);

  const edit = useCallback<EditorContextValue['edit']>(
    (change, source) => {
      dispatch({ kind: 'edit', change, source: source ?? null });
    },
    [dispatch],
  );
  const undo = useCallback(() => {
    dispatch({ kind: 'undo' });
    announce('Undone');
  }, [dispatch, announce]);
  const redo = useCallback(() => {
    dispatch({ kind: 'redo' });
    announce('Done again');
  }, [dispatch, announce]);
  useUndoKeys({ undo, redo });

  const context = useMemo<EditorContextValue>(
    () => ({ catalog, audienceId, projectId, edit, focusNode, announce }),
    [catalog, audienceId, projectId, edit, focusNode, announce],
  );
  const save = useSaveAudience({
    base: stored && version !== null ? { id: stored.id, version } : null,
    projectId,
    onSaved: (audience) => {
      draft.drop();
      toast.success(`${audience.name} is saved`);
      onSaved(audience);
    },
    onError: (error) => {
      if (error instanceof RequestError && error.fields['name']) nameInput.current?.focus();
    },
  });
  const refused = save.error instanceof RequestError ? save.error : null;
  const problems = useStableMap(
    useMemo(
      () => withServerFaults(tree.problems, tree.nodes, refused?.fields ?? {}),
      [tree, refused],
    ),
  );
  const pressing = useMemo(() => pressingProblems(problems, root), [problems, root]);
  const live = useMemo<LiveContextValue>(
    () => ({ answers, isFunnelShown }),
    [answers, isFunnelShown],
  );
  const question = useMemo<Question>(
    () => ({ projectId, audienceId, root, conditions: tree.text, places: tree.places }),
    [projectId, audienceId, root, tree],
  );
  const nameError =
    refused?.fields['name'] ??
    (wasRefused && fields.name.trim() === '' ? 'Enter a name.' : undefined);
  const isConflict = stored !== null && version !== null && stored.version > version;
  const isConflictError = refused?.code === 'audience-changed';

  function submit(): void {
    setRefused(true);
    if (fields.name.trim() === '') {
      nameInput.current?.focus();
      return;
    }
    if (pressingProblems(tree.problems, root).size > 0 || tree.text === null) return;
    save.mutate({
      name: fields.name,
      description: fields.description.trim() === '' ? null : fields.description,
      conditions: tree.text,
      layout: needsLayout(root) ? writeLayout(root) : null,
    });
  }
  function goTo(id: string, problem: RuleProblem): void {
    setView('builder');
    const part = problem.part === 'value' ? 'value' : 'subject';
    if (!focusNow(id, part)) focusNode(id, part);
  }

  return (
    <EditorContext value={context}>
      {header(
        <Button
          variant="primary"
          onClick={submit}
          pending={save.isPending}
          disabledReason={
            isConflict ? 'Choose first whether to keep your changes or to take theirs.' : null
          }
        >
          Save
        </Button>,
      )}
      {isConflict && (
        <ConflictNotice
          theirs={stored}
          mine={root}
          catalog={catalog}
          onKeepMine={() => {
            setVersion(stored.version);
            save.reset();
          }}
          onTakeTheirs={() => {
            draft.drop();
            onTakeTheirs();
          }}
        />
      )}
      <FormError
        error={save.error}
        hidden={isConflictError || Object.keys(refused?.fields ?? {}).length > 0}
      />
      {wasRefused && pressing.size > 0 && (
        <ProblemSummary problems={pressing} root={root} catalog={catalog} onGoTo={goTo} />
      )}
      {wasRefused && pressing.size === 0 && tree.text === null && (
        <p role="alert" className="text-sm font-medium text-danger">
          Add at least one condition before saving.
        </p>
      )}
      <AudienceFields
        value={fields}
        nameError={nameError}
        nameRef={nameInput}
        onChange={setFields}
      />
      <LiveContext value={live}>
        <div className="flex flex-col gap-6 xl:grid xl:grid-cols-[minmax(0,1fr)_20rem] xl:items-start">
          <div className="flex min-w-0 flex-col gap-3">
            <ConditionsCard
              root={root}
              problems={problems}
              hasPressing={pressing.size > 0}
              conditions={tree.text}
              view={view}
              onViewChange={setView}
              undo={canUndo ? undo : null}
              redo={canRedo ? redo : null}
              isFunnelShown={isFunnelShown}
              onFunnelChange={setFunnelShown}
            />
            <p className="text-xs text-muted-foreground empty:hidden" role="status">
              {isReadOnly && 'You can try things out here; saving needs the editor role.'}
              {!isReadOnly &&
                draft.isKept &&
                'Your changes are kept in this browser until you save.'}
            </p>
          </div>
          <LivePanel question={question} unfinishedCount={pressing.size} />
        </div>
      </LiveContext>
      <span role="status" aria-label="What was done" className="sr-only">
        {spoken}
      </span>
    </EditorContext>
  );
}
