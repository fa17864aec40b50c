import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PropagationResponse } from 'backstage-plugin-mesh-tracing-common';
import { formatCount, formatShare } from '../shared/figures/format';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';

type Judged = PropagationResponse['workloads'][number];

/** The verdict on a workload as one sentence. */
export function useVerdictText(): (judged: Judged) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return judged => {
    const { callCount, brokenCount, share, requestIdLostCount } = judged;
    const of = {
      workload: judged.workload.name,
      share: formatShare(share ?? 0, 1),
      total: formatCount(callCount),
      broken: formatCount(brokenCount),
    };
    switch (judged.code) {
      case 'no-headers-forwarded':
        return t('propagation.noHeaders', of);
      case 'trace-context-not-forwarded':
        return t('propagation.traceContext', of);
      case 'sampled-flag-lost':
        return t('propagation.sampledFlag', of);
      case 'wrong-parent':
        return t('propagation.wrongParent', of);
      case 'request-id-not-forwarded':
        return t('propagation.requestId', {
          ...of,
          share: formatShare(requestIdLostCount, callCount),
        });
      case 'perhaps-not-forwarded':
        return share === null
          ? t('propagation.perhapsUnknown', of)
          : t('propagation.perhaps', of);
      case 'headers-forwarded':
        return brokenCount > 0
          ? t('propagation.goodMost', of)
          : t('propagation.good', of);
      case 'makes-no-calls':
        return t('propagation.noCalls', of);
      case 'proxy-only':
        return t('propagation.proxyOnly', of);
      case 'too-few-calls':
        return t('propagation.tooFew', of);
      case 'calls-without-requests':
        return t('propagation.withoutRequests', of);
      default:
        return t('propagation.noTraces', of);
    }
  };
}
