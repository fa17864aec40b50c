import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import {
  formatDuration,
  formatOrDash,
  formatRate,
  formatShare,
} from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './requests.module.css';
import { useRequests } from './useRequests';

/** All requests in one line, for the overview; nothing where no metrics tell. */
export function RequestsLine(props: { entityRef: CompoundEntityRef }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { href } = useTracingUrl();
  const { value } = useRequests(props.entityRef);
  if (value?.problem !== undefined) {
    return (
      <p className={styles.quiet} role="status">
        {t('requests.problem', { problem: value.problem })}
      </p>
    );
  }
  const { overall, source } = value?.requests ?? {};
  if (!overall || !source) {
    return null;
  }
  return (
    <p className={styles.quiet}>
      <Link href={href({ view: 'latency' })} variant="body-small">
        {source.counts === 'every-request'
          ? t('requests.lineAll')
          : t('requests.lineTraced')}
      </Link>
      {t('requests.line', {
        rate: formatOrDash(overall.callsPerSecond, rate =>
          t('requests.rateOf', { rate: formatRate(rate) }),
        ),
        errors: formatOrDash(overall.errorRate, share => formatShare(share, 1)),
        p95: formatOrDash(overall.p95Us, formatDuration),
      })}
    </p>
  );
}
