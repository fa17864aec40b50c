import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ConditionalResponse } from 'backstage-plugin-mesh-tracing-common';
import { useState } from 'react';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { Panel } from '../../shared/layout/Panel';
import { ErrorState } from '../../shared/states/ErrorState';
import { useLoad } from '../../shared/states/useLoad';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { ConditionalForm, type ConditionalWish } from './ConditionalForm';
import { ConditionalResult } from './ConditionalResult';
import styles from './ConditionalPanel.module.css';

/** Generates what traces marked requests; there for who may change the mesh alone. */
export function ConditionalPanel(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef } = props;
  const api = useApi(meshTracingApiRef);
  const forcing = useLoad(JSON.stringify(entityRef), signal =>
    api.getForcing(entityRef, { signal }),
  );
  const [plan, setPlan] = useState<ConditionalResponse>();
  const [error, setError] = useState<unknown>();
  const [isPending, setPending] = useState(false);
  if (!forcing.value?.conditional.allowed || forcing.value.hops.length === 0) {
    return null;
  }
  const generate = async (wish: ConditionalWish) => {
    setPending(true);
    setPlan(undefined);
    setError(undefined);
    try {
      setPlan(await api.planConditionalTracing(entityRef, wish));
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Panel title={t('conditional.title')} note={t('conditional.intro')}>
      <div className={styles.parts}>
        <p className={styles.text}>{t('conditional.lua')}</p>
        <ConditionalForm
          hops={forcing.value.hops}
          isPending={isPending}
          onGenerate={wish => void generate(wish)}
        />
        {error !== undefined && <ErrorState error={error} />}
        {plan && <ConditionalResult plan={plan} />}
      </div>
    </Panel>
  );
}
