import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EstimateBounds } from 'backstage-plugin-mesh-tracing-common';
import { formatCount } from '../figures/format';
import { meshTracingTranslationRef } from '../translation/meshTracingTranslationRef';
import { roundedCount } from './estimates';

/**
 * A count for people: `312`, or `about 12,300` where it is an estimate, rounded to
 * what is known of it.
 */
export function useAboutText(): (
  count: number,
  isEstimate: boolean,
  bounds?: EstimateBounds,
) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (count, isEstimate, bounds) =>
    isEstimate && count > 0
      ? t('sample.about', { total: formatCount(roundedCount(count, bounds)) })
      : formatCount(count);
}
