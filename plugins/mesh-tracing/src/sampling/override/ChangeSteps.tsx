import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ProxyAcceptance } from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './ChangeSteps.module.css';

/**
 * How far a change has come: written, seen by the cluster's watch, accepted by the
 * proxies.
 */
export function ChangeSteps(props: {
  live: boolean;
  acceptance?: ProxyAcceptance;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { live, acceptance } = props;
  return (
    <>
      <ol className={styles.steps} aria-label={t('acceptance.steps')}>
        <li data-state="done">{t('acceptance.applied')}</li>
        <li data-state={live ? 'done' : 'waiting'}>
          {live ? t('override.isLive') : t('override.notLive')}
        </li>
        {acceptance && <AcceptedStep live={live} acceptance={acceptance} />}
      </ol>
      {acceptance?.state === 'unknown' && acceptance.message && (
        <div className={styles.note}>{acceptance.message}</div>
      )}
    </>
  );
}

function AcceptedStep(props: { live: boolean; acceptance: ProxyAcceptance }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { state, accepted, proxies } = props.acceptance;
  const counts = { accepted: String(accepted), proxies: String(proxies) };
  if (!props.live && state !== 'refused') {
    return <li data-state="waiting">{t('acceptance.pending', counts)}</li>;
  }
  const looks = {
    accepted: { step: 'done', text: t('acceptance.accepted', counts) },
    pending: { step: 'waiting', text: t('acceptance.pending', counts) },
    refused: { step: 'failed', text: t('acceptance.refusedStep', counts) },
    unknown: { step: 'waiting', text: t('acceptance.unknown') },
  } as const;
  return <li data-state={looks[state].step}>{looks[state].text}</li>;
}
