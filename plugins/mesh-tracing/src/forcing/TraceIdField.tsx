import { Button, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { parseTraceReference } from 'backstage-plugin-mesh-tracing-common';
import { useState, type FormEvent } from 'react';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './TraceIdField.module.css';

/** Takes a trace id, or a header that holds one, in any form that people paste. */
export function TraceIdField(props: {
  isBusy: boolean;
  onOpen: (traceId: string) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = parseTraceReference(text);
    if ('traceId' in read) {
      setProblem(undefined);
      props.onOpen(read.traceId);
    } else {
      setProblem(
        read.problem === 'wrong-length'
          ? t('openTrace.problems.wrong-length', {
              digits: String(read.digits ?? 0),
            })
          : t(`openTrace.problems.${read.problem}`),
      );
    }
  };
  return (
    <form
      className={styles.form}
      aria-label={t('openTrace.label')}
      onSubmit={submit}
    >
      <TextField
        size="small"
        className={styles.field}
        label={t('openTrace.label')}
        placeholder={t('openTrace.placeholder')}
        value={text}
        isInvalid={problem !== undefined}
        description={problem}
        autoComplete="off"
        spellCheck="false"
        onChange={next => {
          setText(next);
          setProblem(undefined);
        }}
      />
      <Button
        type="submit"
        size="small"
        variant="secondary"
        isDisabled={props.isBusy}
      >
        {t('openTrace.open')}
      </Button>
    </form>
  );
}
