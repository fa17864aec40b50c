import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiAlertFill,
  RiCheckboxCircleFill,
  RiErrorWarningFill,
  RiInformationFill,
  RiQuestionLine,
} from '@remixicon/react';
import type {
  OverviewVerdict,
  VerdictReason,
} from 'backstage-plugin-mesh-tracing-common';
import {
  formatCount,
  formatShare,
  formatTime,
} from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { useReasonText } from './useReasonText';
import styles from './Verdict.module.css';

const LOOKS = {
  unknown: { Icon: RiQuestionLine, tone: 'neutral' },
  good: { Icon: RiCheckboxCircleFill, tone: 'success' },
  notice: { Icon: RiInformationFill, tone: 'notice' },
  warning: { Icon: RiAlertFill, tone: 'warning' },
  critical: { Icon: RiErrorWarningFill, tone: 'danger' },
} as const;
/** Reasons beside the first; all others are on the page below. */
const SHOWN = 3;

/** What matters most in one sentence; then what else, where, and what it is of. */
export function Verdict(props: {
  verdict: OverviewVerdict;
  /** The counts stand for more than was read. */
  isSample?: boolean;
  /** Of an estimate, how many requests were read for it. */
  readRequestCount?: number;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { verdict } = props;
  const reasonText = useReasonText(props.isSample ?? false);
  const { Icon, tone } = LOOKS[verdict.level];
  const title = useTitle(verdict, reasonText, props.readRequestCount);
  const basis = useBasis(verdict);
  const others = verdict.reasons.slice(1, 1 + SHOWN);
  const hidden = verdict.reasons.length - 1 - others.length;
  const { slowest } = verdict;
  return (
    <div className={styles.verdict} data-tone={tone} role="status">
      <Icon className={styles.icon} aria-hidden size={22} />
      <div>
        <div className={styles.sentence}>{title}</div>
        {others.map((reason, index) => (
          <div key={index}>{reasonText(reason)}</div>
        ))}
        {hidden > 0 && (
          <div>
            {t('verdict.more', { count: hidden, total: formatCount(hidden) })}
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
        {basis && <div className={styles.basis}>{basis}</div>}
      </div>
    </div>
  );
}

function useTitle(
  verdict: OverviewVerdict,
  reasonText: (reason: VerdictReason) => string,
  /** None failed of those that were read; of the others nobody knows. */
  readCount: number = verdict.requestCount,
): string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const [worst] = verdict.reasons;
  const requests = { count: readCount, total: formatCount(readCount) };
  if (worst) {
    return reasonText(worst);
  }
  if (verdict.requestCount === 0) {
    return t('verdict.noData');
  }
  return verdict.level === 'good'
    ? t('verdict.good', requests)
    : t('verdict.soFar', requests);
}

/** What the verdict rests on, and what it does not. */
function useBasis(verdict: OverviewVerdict): string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const comparisons = {
    nothing: t('verdict.noComparison'),
    'too few requests': t('verdict.tooFew'),
    similar: t('verdict.similar'),
    faster: t('verdict.faster'),
    'fewer errors': t('verdict.fewerErrors'),
    // These two are among the reasons above.
    slower: undefined,
    'more errors': undefined,
  };
  const parts = verdict.missing.map(part => t(`verdict.parts.${part}`));
  return [
    verdict.sinceMs !== undefined &&
      t('verdict.since', { at: formatTime(verdict.sinceMs) }),
    verdict.requestCount > 0 && comparisons[verdict.comparison],
    parts.length > 0 && t('verdict.notKnown', { parts: parts.join(', ') }),
  ]
    .filter(Boolean)
    .join(' ');
}
