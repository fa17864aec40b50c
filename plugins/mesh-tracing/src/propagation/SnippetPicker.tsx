import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  propagationSnippets,
  type PropagationSnippet,
} from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { CodeBlock } from '../shared/controls/CodeBlock';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './PropagationPanel.module.css';

const LANGUAGES: Array<{ id: PropagationSnippet['language']; name: string }> = [
  { id: 'node', name: 'Node.js' },
  { id: 'python', name: 'Python' },
  { id: 'go', name: 'Go' },
  { id: 'java', name: 'Java' },
];

/** Programs that hand on the headers, by language and way. */
export function SnippetPicker() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [language, setLanguage] =
    useState<PropagationSnippet['language']>('node');
  const [way, setWay] = useState<PropagationSnippet['way']>('opentelemetry');
  const snippet = propagationSnippets.find(
    one => one.language === language && one.way === way,
  );
  return (
    <section aria-label={t('propagation.mend')}>
      <h3 className={styles.heading}>{t('propagation.mend')}</h3>
      <p>{t('propagation.mendNote')}</p>
      <div className={styles.choices}>
        <Choice
          label={t('propagation.language')}
          options={LANGUAGES}
          chosen={language}
          onChoose={setLanguage}
        />
        <Choice
          label={t('propagation.way')}
          options={[
            { id: 'opentelemetry', name: t('propagation.otel') },
            { id: 'by-hand', name: t('propagation.byHand') },
          ]}
          chosen={way}
          onChoose={setWay}
        />
      </div>
      {snippet && (
        <CodeBlock text={snippet.text} copyLabel={t('propagation.copy')} />
      )}
    </section>
  );
}

function Choice<Id extends string>(props: {
  label: string;
  options: Array<{ id: Id; name: string }>;
  chosen: Id;
  onChoose: (id: Id) => void;
}) {
  return (
    <ToggleButtonGroup
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.chosen]}
      onSelectionChange={keys => {
        const found = props.options.find(({ id }) => keys.has(id));
        if (found) {
          props.onChoose(found.id);
        }
      }}
    >
      {props.options.map(({ id, name }) => (
        <ToggleButton key={id} id={id} size="small">
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
