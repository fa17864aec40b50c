import type {
  AlertRulesRequest,
  AlertRulesResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { Panel } from '../shared/layout/Panel';
import { ErrorState } from '../shared/states/ErrorState';
import { LoadingLines } from '../shared/states/Loaded';
import { useLatestSignal } from '../shared/states/useLatestSignal';
import {
  alertProblems,
  draftOf,
  requestOf,
  type AlertDraft,
  type AlertPreset,
} from './alertDraft';
import { AlertForm } from './AlertForm';
import { AlertResults } from './AlertResults';

type Answer =
  | { step: 'none' | 'asking' }
  | { step: 'failed'; error: unknown }
  | { step: 'made'; rules: AlertRulesResponse };

/** A form, and the rules that come of it. */
export function AlertRules(props: {
  title: string;
  note: string;
  /** Of downloads, without an ending. */
  fileName: string;
  make: (
    request: AlertRulesRequest,
    signal: AbortSignal,
  ) => Promise<AlertRulesResponse>;
}) {
  const [preset, setPreset] = useState<AlertPreset>('objective');
  const [draft, setDraft] = useState<AlertDraft>(() => draftOf('objective'));
  const [attempts, setAttempts] = useState(0);
  const [answer, setAnswer] = useState<Answer>({ step: 'none' });
  const { begin } = useLatestSignal();
  const submit = async (wished: AlertDraft) => {
    if (alertProblems(wished).length > 0) {
      setAttempts(count => count + 1);
      return;
    }
    setAttempts(0);
    setAnswer({ step: 'asking' });
    const signal = begin();
    const next: Answer = await props.make(requestOf(wished), signal).then(
      rules => ({ step: 'made', rules }),
      error => ({ step: 'failed', error }),
    );
    if (!signal.aborted) {
      setAnswer(next);
    }
  };
  const submitWith = (patch: Partial<AlertDraft>) => {
    const next = { ...draft, ...patch };
    setDraft(next);
    void submit(next);
  };
  return (
    <Panel
      title={props.title}
      note={props.note}
      busy={answer.step === 'asking'}
    >
      <AlertForm
        draft={draft}
        preset={preset}
        attempts={attempts}
        isPending={answer.step === 'asking'}
        onPreset={setPreset}
        onChange={setDraft}
        onSubmit={() => void submit(draft)}
      />
      {answer.step === 'asking' && <LoadingLines lines={6} />}
      {answer.step === 'failed' && (
        <ErrorState error={answer.error} onRetry={() => void submit(draft)} />
      )}
      {answer.step === 'made' && (
        <AlertResults
          rules={answer.rules}
          fileName={props.fileName}
          onKeepMissing={() => submitWith({ keepsMissing: true })}
        />
      )}
    </Panel>
  );
}
