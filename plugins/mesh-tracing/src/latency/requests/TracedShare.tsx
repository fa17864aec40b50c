import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TracedRequestsResponse } from 'backstage-plugin-mesh-tracing-common';
import { useTracingWindow } from '../../shared/address/TracingWindow';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import {
  formatCount,
  formatPercent,
  formatSpan,
} from '../../shared/figures/format';
import { FindingList } from '../../shared/notes/FindingList';
import { Loaded } from '../../shared/states/Loaded';
import { useLoad } from '../../shared/states/useLoad';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './requests.module.css';

/** What share of the requests was traced, beside what is configured. */
export function TracedShare(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const api = useApi(meshTracingApiRef);
  const { window, rangeKey, revision } = useTracingWindow();
  const load = useLoad(
    JSON.stringify([props.entityRef, rangeKey]),
    signal => api.getTracedRequests(props.entityRef, window, { signal }),
    revision,
  );
  return (
    <div
      className={styles.share}
      role="group"
      aria-label={t('requests.shareTitle')}
    >
      <strong>{t('requests.shareTitle')}</strong>
      <Loaded load={load} lines={1}>
        {answer => (
          <>
            <Share answer={answer} />
            {answer.findings.length > 0 && (
              <FindingList findings={answer.findings} />
            )}
          </>
        )}
      </Loaded>
    </div>
  );
}

function Share({ answer }: { answer: TracedRequestsResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { share, reason } = answer;
  if (!share) {
    return (
      <div className={styles.shareNote}>
        {reason === 'no-metrics' && t('requests.shareNoMetrics')}
        {reason === 'too-short' && t('requests.shareTooShort')}
        {reason === 'metrics-incomplete' &&
          t('requests.shareMetricsIncomplete')}
      </div>
    );
  }
  const seen = measured(share.seenPercent);
  return (
    <>
      <div>
        {share.configuredPercent === null
          ? t('requests.shareUnknown', { seen })
          : t('requests.share', {
              configured: formatPercent(share.configuredPercent),
              seen,
            })}
      </div>
      <div className={styles.shareNote}>
        {t('requests.shareBounds', {
          low: measured(share.lowPercent),
          high: measured(share.highPercent),
          traced: formatCount(Math.round(share.tracedCount)),
          total: formatCount(Math.round(share.requestCount)),
          window: formatSpan(share.windowMs),
        })}
      </div>
    </>
  );
}

/** A percentage that was measured: three significant digits. */
function measured(percent: number): string {
  return `${Number(percent.toPrecision(3))} %`;
}
