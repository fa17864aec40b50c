import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { VerdictReason } from 'backstage-plugin-mesh-tracing-common';
import { useRatioText } from '../../latency';
import { formatCount } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { useFailedText } from './useFailedText';

type Reason<K extends VerdictReason['kind']> = Extract<
  VerdictReason,
  { kind: K }
>;

/** A reason of the verdict in one sentence; see {@link useFailedText}. */
export function useReasonText(
  isSample: boolean,
): (reason: VerdictReason) => string {
  const failedText = useFailedText(isSample);
  const changeText = useChangeText();
  const notTracedText = useNotTracedText();
  return reason => {
    switch (reason.kind) {
      case 'finding':
        return reason.finding.what;
      case 'not-traced':
        return notTracedText(reason);
      case 'version':
      case 'changed':
        return changeText(reason);
      default:
        return failedText(reason);
    }
  };
}

function useNotTracedText(): (reason: Reason<'not-traced'>) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return ({ why, workloadCount, ofWorkloads }) =>
    workloadCount === ofWorkloads
      ? t('verdict.notTraced', { why: t(`notTraced.${why}`) })
      : t('verdict.notTracedSome', {
          workloads: formatCount(workloadCount),
          total: formatCount(ofWorkloads),
          why: t(`notTraced.${why}`),
        });
}

function useChangeText(): (
  reason: Reason<'version'> | Reason<'changed'>,
) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const ratioText = useRatioText();
  return reason => {
    if (reason.kind === 'version') {
      const { version, workload, against, p95Ratio } = reason;
      const names = { version, workload, against };
      return reason.what === 'more errors'
        ? t('verdict.versionErrors', names)
        : t('verdict.versionSlower', {
            ...names,
            ratio: p95Ratio === null ? '' : `: ${ratioText('p95', p95Ratio)}`,
          });
    }
    const { p50Ratio, p95Ratio, errorRateDifference } = reason.comparison;
    if (reason.what === 'more errors') {
      const points = 100 * errorRateDifference;
      return t('verdict.moreErrors', {
        points: String(Number(points.toFixed(points < 1 ? 2 : 1))),
      });
    }
    const ratios = [
      p95Ratio !== null && ratioText('p95', p95Ratio),
      p50Ratio !== null && ratioText('p50', p50Ratio),
    ];
    return t('verdict.slower', { ratios: ratios.filter(Boolean).join(', ') });
  };
}
