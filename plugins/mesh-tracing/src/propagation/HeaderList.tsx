import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PropagationResponse } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './PropagationPanel.module.css';

type Judged = PropagationResponse['workloads'][number];

/** The headers that the providers in force need; workloads that need the same, together. */
export function HeaderList({ workloads }: { workloads: Judged[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const groups = new Map<string, Judged[]>();
  for (const one of workloads) {
    const key = JSON.stringify(one.provider);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const purposes = {
    'trace-context': t('propagation.purposes.traceContext'),
    'request-id': t('propagation.purposes.requestId'),
    decision: t('propagation.purposes.decision'),
  };
  return (
    <section aria-label={t('propagation.headers')}>
      <h3 className={styles.heading}>{t('propagation.headers')}</h3>
      {[...groups].map(([key, of]) => (
        <div key={key}>
          <p>
            <Whose workloads={of} />
          </p>
          <dl className={styles.headers}>
            {of[0]?.headers.map(({ name, purpose }) => (
              <div key={name}>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>{purposes[purpose]}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}

function Whose({ workloads }: { workloads: Judged[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const names = workloads.map(({ workload }) => workload.name).join(', ');
  const provider = workloads[0]?.provider;
  return (
    <>
      {provider
        ? t('propagation.headersOf', {
            workloads: names,
            provider: provider.name,
            kind: provider.kind,
          })
        : t('propagation.headersNone', { workloads: names })}
    </>
  );
}
