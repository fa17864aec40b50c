import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FailureCount } from 'backstage-plugin-mesh-tracing-common';
import { roundedCount } from '../sample/estimates';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { formatCount } from './format';

/** Codes that are named; of others it is said that there are more. */
const SHOWN = 3;

/** Failed requests by status code, `14 × 503, 2 × 402`; empty when none is known. */
export function useFailureCodes(): (
  failures?: FailureCount[],
  isEstimate?: boolean,
) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (failures = [], isEstimate = false) => {
    if (failures.every(({ protocol }) => protocol === 'none')) {
      return '';
    }
    const codes = failures.slice(0, SHOWN).map(({ protocol, code, count }) =>
      t(`failures.${protocol}`, {
        total: formatCount(isEstimate ? roundedCount(count) : count),
        code: String(code),
      }),
    );
    return [
      ...codes,
      ...(failures.length > SHOWN ? [t('failures.more')] : []),
    ].join(', ');
  };
}
