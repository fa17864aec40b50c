import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiAlarmWarningLine,
  RiCheckLine,
  RiForbidLine,
  RiQuestionLine,
} from '@remixicon/react';
import type {
  AlertCheck,
  AlertRuleView,
} from 'backstage-plugin-mesh-tracing-common';
import { FigureNote } from '../shared/figures/FigureTable';
import { formatCount, formatDuration } from '../shared/figures/format';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './alerts.module.css';
import { formatAlertValue } from './formatAlertValue';

type Verified = Extract<AlertCheck, { state: 'verified' }>;
type NoSeries = Extract<AlertCheck, { state: 'no-series' }>;
type Unchecked = Extract<AlertCheck, { state: 'unchecked' }>;

/** Whether a rule's series are there, and its value now. */
export function AlertCheckCell({ rule }: { rule: AlertRuleView }) {
  const { check } = rule;
  switch (check.state) {
    case 'verified':
      return <VerifiedCell check={check} unit={rule.unit} />;
    case 'no-series':
      return <MissingCell check={check} leftOut={rule.leftOut} />;
    default:
      return <UncheckedCell check={check} />;
  }
}

function VerifiedCell(props: { check: Verified; unit: AlertRuleView['unit'] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { value, holdsNow, largestBoundMs } = props.check;
  const Icon = holdsNow ? RiAlarmWarningLine : RiCheckLine;
  return (
    <>
      <span className={styles.state}>
        <Icon aria-hidden size={16} />
        {holdsNow ? t('alerts.holds') : t('alerts.verified')}
        {value !== null && `: ${formatAlertValue(value, props.unit)}`}
      </span>
      {largestBoundMs !== undefined && (
        <FigureNote>
          {t('alerts.belowBounds', {
            bound: formatDuration(largestBoundMs * 1_000),
          })}
        </FigureNote>
      )}
    </>
  );
}

function MissingCell(props: { check: NoSeries; leftOut: boolean }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <>
      <span className={styles.state}>
        <RiForbidLine aria-hidden size={16} />
        {t('alerts.missing')}
      </span>
      {props.check.missing.map(({ kind, metric, label, selector }) => (
        <FigureNote key={`${kind} ${metric} ${label ?? ''} ${selector ?? ''}`}>
          {kind === 'metric' && t('alerts.missingMetric', { metric })}
          {kind === 'label' &&
            t('alerts.missingLabel', { metric, label: label ?? '' })}
          {kind === 'series' &&
            t('alerts.missingSeries', { metric, selector: selector ?? '' })}
        </FigureNote>
      ))}
      <FigureNote>
        {props.leftOut ? t('alerts.leftOut') : t('alerts.kept')}
      </FigureNote>
    </>
  );
}

function UncheckedCell({ check }: { check: Unchecked }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const why = {
    'not-configured': t('alerts.notConfigured'),
    unavailable: t('alerts.unavailable', { message: check.message ?? '' }),
    'too-many': t('alerts.tooMany'),
  }[check.reason];
  return (
    <>
      <span className={styles.state}>
        <RiQuestionLine aria-hidden size={16} />
        {t('alerts.unchecked')}
      </span>
      <FigureNote>{why}</FigureNote>
    </>
  );
}

/** How often a rule would have fired. */
export function AlertDayCell({ check }: { check: AlertCheck }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (check.state !== 'verified') {
    return <>–</>;
  }
  const { firedCount, firedMinutes } = check;
  if (firedCount === null) {
    return <>{t('alerts.firedUnknown')}</>;
  }
  return (
    <>
      {firedCount === 0
        ? t('alerts.firedNever')
        : t('alerts.fired', {
            count: firedCount,
            total: formatCount(firedCount),
            minutes: formatCount(firedMinutes ?? 0),
          })}
    </>
  );
}
