import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiErrorWarningFill,
  RiQuestionLine,
} from '@remixicon/react';
import { formatCount, formatShare } from '../shared';
import { meshTracingTranslationRef } from '../translation';
import type { Assessment } from './assess';
import styles from './Verdict.module.css';

const LOOKS = {
  'no-data': { Icon: RiQuestionLine, tone: 'neutral' },
  healthy: { Icon: RiCheckboxCircleFill, tone: 'success' },
  errors: { Icon: RiAlertFill, tone: 'warning' },
  slower: { Icon: RiAlertFill, tone: 'warning' },
  failing: { Icon: RiErrorWarningFill, tone: 'danger' },
} as const;

/** One sentence: is it slow or failing; a second one: where. */
export function Verdict({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { Icon, tone } = LOOKS[assessment.state];
  const figures = {
    share: formatShare(assessment.errorCount, assessment.requestCount),
    errors: formatCount(assessment.errorCount),
    count: assessment.requestCount,
    total: formatCount(assessment.requestCount),
    factor: (assessment.slowdown ?? 1).toFixed(1),
  };
  const sentences = {
    'no-data': t('verdict.noData'),
    healthy: t('verdict.healthy', figures),
    errors: t('verdict.errors', figures),
    slower: t('verdict.slower', figures),
    failing: t('verdict.failing', figures),
  };
  const { slowest, worstCall } = assessment;
  return (
    <div className={styles.verdict} data-tone={tone} role="status">
      <Icon className={styles.icon} aria-hidden size={22} />
      <div>
        <div className={styles.sentence}>{sentences[assessment.state]}</div>
        {worstCall && (
          <div>
            {t('verdict.worstCall', {
              name: worstCall.name,
              errors: formatCount(worstCall.errorCount),
              calls: formatCount(worstCall.callCount),
            })}
          </div>
        )}
        {slowest && (
          <div>
            {t('verdict.slowest', {
              service: slowest.service,
              operation: slowest.operation,
              share: formatShare(slowest.share, 1),
            })}
          </div>
        )}
      </div>
    </div>
  );
}
