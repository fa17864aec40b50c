import { Button, Select, TextField } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatWorkloadRef,
  type ConditionalRequest,
  type ForcingHop,
} from 'backstage-plugin-mesh-tracing-common';
import { useState, type FormEvent } from 'react';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './ConditionalPanel.module.css';

/** Where, and which requests. */
export type ConditionalWish = ConditionalRequest;

/** Asks for the place and the mark; the backend judges them. */
export function ConditionalForm(props: {
  hops: ForcingHop[];
  isPending: boolean;
  onGenerate: (wish: ConditionalWish) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { hops } = props;
  const [key, setKey] = useState('');
  const [header, setHeader] = useState('x-trace-me');
  const [value, setValue] = useState('');
  const hop = hops.find(each => keyOf(each) === key) ?? hops[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (hop) {
      props.onGenerate({
        workload: hop.workload,
        header: header.trim().toLowerCase(),
        ...(value === '' ? {} : { value }),
      });
    }
  };
  return (
    <form
      className={styles.form}
      aria-label={t('conditional.title')}
      onSubmit={submit}
    >
      <Select
        size="small"
        label={t('conditional.workload')}
        options={hops.map(each => ({
          value: keyOf(each),
          label: t(`traceOne.hops.${each.kind}`, {
            name: `${each.workload.namespace}/${each.workload.name}`,
          }),
        }))}
        selectedKey={hop && keyOf(hop)}
        onSelectionChange={next => setKey(String(next))}
      />
      <TextField
        size="small"
        label={t('conditional.header')}
        value={header}
        autoComplete="off"
        spellCheck="false"
        onChange={setHeader}
      />
      <TextField
        size="small"
        label={t('conditional.value')}
        placeholder={t('conditional.valueHint')}
        value={value}
        autoComplete="off"
        spellCheck="false"
        onChange={setValue}
      />
      <Button
        type="submit"
        size="small"
        className={styles.button}
        isPending={props.isPending}
        isDisabled={header.trim() === ''}
      >
        {t('conditional.generate')}
      </Button>
    </form>
  );
}

function keyOf({ kind, workload }: ForcingHop): string {
  return `${kind} ${formatWorkloadRef(workload)}`;
}
