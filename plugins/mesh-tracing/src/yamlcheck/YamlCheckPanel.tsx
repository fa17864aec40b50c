import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { YAML_CHECK_LIMITS } from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { formatCount } from '../shared/figures/format';
import { Panel } from '../shared/layout/Panel';
import { ErrorState } from '../shared/states/ErrorState';
import { LoadingLines } from '../shared/states/Loaded';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { YamlResult } from './result/YamlResult';
import { useYamlCheck } from './useYamlCheck';
import styles from './YamlCheck.module.css';
import { YamlInput } from './YamlInput';

/** Asks what a text of configuration would do, and shows the answer. */
export function YamlCheckPanel(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [text, setText] = useState('');
  const { checking, error, answer, check, forget } = useYamlCheck(
    props.entityRef,
  );
  const tooLong = text.length > YAML_CHECK_LIMITS.textLength;
  return (
    <Panel
      title={t('yamlCheck.title')}
      note={t('yamlCheck.note')}
      busy={checking}
    >
      <div className={styles.content}>
        <YamlInput
          text={text}
          onText={setText}
          error={
            tooLong
              ? t('yamlCheck.tooLong', {
                  length: formatCount(text.length),
                  most: formatCount(YAML_CHECK_LIMITS.textLength),
                })
              : undefined
          }
        />
        <div className={styles.buttons}>
          <Button
            variant="primary"
            isDisabled={text.trim() === '' || tooLong || checking}
            onPress={() => check(text)}
          >
            {checking ? t('yamlCheck.checking') : t('yamlCheck.check')}
          </Button>
          <Button
            variant="secondary"
            isDisabled={text === ''}
            onPress={() => {
              setText('');
              forget();
            }}
          >
            {t('yamlCheck.clear')}
          </Button>
        </div>
        {checking && <LoadingLines lines={3} />}
        {error !== undefined && (
          <ErrorState error={error} onRetry={() => check(text)} />
        )}
        {answer && (
          <YamlResult
            response={answer.response}
            isOutdated={answer.text !== text}
          />
        )}
      </div>
    </Panel>
  );
}
