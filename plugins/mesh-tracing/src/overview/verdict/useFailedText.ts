import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  FailedShare,
  VerdictReason,
} from 'backstage-plugin-mesh-tracing-common';
import { formatShare } from '../../shared/figures/format';
import { useFailureCodes } from '../../shared/figures/useFailureCodes';
import { useAboutText } from '../../shared/sample/useAboutText';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/**
 * What failed, out of how many, and with which status codes.
 *
 * @param isSample - the counts stand for more than was read
 */
export function useFailedText(
  isSample: boolean,
): (reason: Extract<VerdictReason, FailedShare>) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const aboutText = useAboutText();
  const codesOf = useFailureCodes();
  return reason => {
    const isRefused = reason.refusedCount === reason.errorCount;
    const isEstimate = isSample || reason.estimate !== undefined;
    const list = codesOf(reason.failures, isEstimate);
    const figures = {
      errors: aboutText(reason.errorCount, isEstimate),
      total: aboutText(reason.totalCount, isEstimate, reason.estimate?.count),
      share: formatShare(reason.errorCount, reason.totalCount),
      codes: list && t('failures.codes', { list }),
    };
    if (reason.kind === 'failed-callers') {
      return t(isRefused ? 'verdict.callersRefused' : 'verdict.callers', {
        ...figures,
        name: reason.name,
      });
    }
    if (reason.kind === 'failed-calls') {
      return t(isRefused ? 'verdict.callsRefused' : 'verdict.calls', {
        ...figures,
        name: reason.name,
      });
    }
    if (isRefused) {
      return t('verdict.refused', figures);
    }
    return reason.level === 'critical'
      ? t('verdict.failing', figures)
      : t('verdict.errors', figures);
  };
}
