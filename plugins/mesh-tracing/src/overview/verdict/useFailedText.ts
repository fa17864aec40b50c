import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  FailedShare,
  VerdictReason,
} from 'backstage-plugin-mesh-tracing-common';
import { formatCount, formatShare } from '../../shared/figures/format';
import { useFailureCodes } from '../../shared/figures/useFailureCodes';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';

/** What failed, out of how many, and with which status codes. */
export function useFailedText(): (
  reason: Extract<VerdictReason, FailedShare>,
) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const codesOf = useFailureCodes();
  return reason => {
    const isRefused = reason.refusedCount === reason.errorCount;
    const list = codesOf(reason.failures);
    const figures = {
      errors: formatCount(reason.errorCount),
      total: formatCount(reason.totalCount),
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
