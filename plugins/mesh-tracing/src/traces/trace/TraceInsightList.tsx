import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  describeResponseFlags,
  type TraceInsights,
} from 'backstage-plugin-mesh-tracing-common';
import type { ReactNode } from 'react';
import { LinkButton } from '../../shared/controls/LinkButton';
import {
  formatCount,
  formatDuration,
  formatShare,
} from '../../shared/figures/format';
import { SeverityIcon } from '../../shared/notes/SeverityIcon';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { TimelineModel } from '../timeline/timelineModel';
import type { TimelineState } from '../timeline/useTimelineState';
import styles from './TraceInsightList.module.css';

/** Insights of each kind; the timeline shows the spans of the rest. */
const SHOWN = 3;

/** What stands out in the trace, each with the way to its span. */
export function TraceInsightList(props: {
  insights: TraceInsights;
  model: TimelineModel;
  state: TimelineState;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { insights, model, state } = props;
  const { errorRootCauses, repeatedCalls, retries, clockSkew } = insights;
  const shown = [errorRootCauses, repeatedCalls, retries].flat().length;
  if (shown === 0 && !clockSkew) {
    return null;
  }
  const show = (spanId: string) => {
    const visible = model.shownAs(spanId);
    const row = model.tree.rows.findIndex(
      ({ span }) => span.spanId === visible,
    );
    if (row >= 0) {
      state.goTo(row);
      state.select(row);
    }
  };
  const link = (spanId: string, text: string) => (
    <LinkButton onClick={() => show(spanId)}>{text}</LinkButton>
  );
  return (
    <ul className={styles.list} aria-label={t('insights.label')}>
      {alike(errorRootCauses)
        .slice(0, SHOWN)
        .map(({ first: cause, count }) => (
          <Insight key={`cause ${cause.spanId}`} severity="error">
            {t('insights.rootCause', { service: cause.service })}{' '}
            {link(cause.spanId, cause.operation)}
            {cause.message && `: ${cause.message}`}
            {cause.responseFlags &&
              `: ${describeResponseFlags(cause.responseFlags)}`}
            {count > 1 &&
              ` ${t('insights.times', { total: formatCount(count) })}`}
          </Insight>
        ))}
      {repeatedCalls.slice(0, SHOWN).map(calls => (
        <Insight key={`repeated ${calls.spanIds[0]}`} severity="warning">
          {t('insights.repeated', {
            total: formatCount(calls.count),
            service: calls.service,
          })}{' '}
          {link(calls.spanIds[0] ?? calls.parentSpanId, calls.operation)}{' '}
          {t('insights.repeatedTime', {
            time: formatDuration(calls.totalUs),
            share: formatShare(calls.shareOfParent, 1),
            parent: calls.parentOperation,
          })}
        </Insight>
      ))}
      {retries.slice(0, SHOWN).map(retry => (
        <Insight key={`retry ${retry.spanId}`} severity="warning">
          {link(
            retry.spanId,
            t(howOften(retry), {
              ...namesOf(retry),
              attempts: formatCount(retry.attempts),
            }),
          )}
          ; {t(howItEnded(retry))}
        </Insight>
      ))}
      <ClockSkew skew={clockSkew} model={model} />
    </ul>
  );
}

/** How far clocks disagree, or what was moved to make them agree. */
function ClockSkew(props: {
  skew: TraceInsights['clockSkew'];
  model: TimelineModel;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { correction } = props.model;
  if (correction) {
    return (
      <Insight severity="warning">
        {t('insights.clocksCorrected', {
          count: correction.movedSpanCount,
          total: formatCount(correction.movedSpanCount),
          value: formatDuration(correction.largestShiftUs),
        })}
      </Insight>
    );
  }
  return props.skew ? (
    <Insight severity="info">
      {t('insights.clockSkew', {
        value: formatDuration(props.skew.largestShiftUs),
      })}
    </Insight>
  ) : null;
}

/** Causes that read the same, each once, with how many there are. */
function alike(causes: TraceInsights['errorRootCauses']) {
  const groups = new Map<
    string,
    { first: (typeof causes)[0]; count: number }
  >();
  for (const cause of causes) {
    const { service, operation, message, responseFlags } = cause;
    const key = JSON.stringify([service, operation, message, responseFlags]);
    const group = groups.get(key) ?? { first: cause, count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  return [...groups.values()];
}

function Insight(props: {
  severity: 'error' | 'warning' | 'info';
  children: ReactNode;
}) {
  return (
    <li className={styles.insight}>
      <SeverityIcon severity={props.severity} />
      <span>{props.children}</span>
    </li>
  );
}

type Retry = TraceInsights['retries'][number];

/** A flag alone tells that the limit was reached, not how many tries that were. */
function howOften({ attempts }: Retry) {
  if (attempts < 2) {
    return 'insights.calledAgain';
  }
  return attempts === 2 ? 'insights.calledTwice' : 'insights.calledTimes';
}

function howItEnded({ attempts, failed, limitReached }: Retry) {
  if (attempts < 2 || (failed && limitReached)) {
    return 'insights.retryLimit';
  }
  if (failed) {
    return attempts === 2 ? 'insights.bothFailed' : 'insights.allFailed';
  }
  return attempts === 2 ? 'insights.secondSucceeded' : 'insights.lastSucceeded';
}

/** Who called whom; without the namespace where both are of the same. */
function namesOf({ service, calledService, peer, operation }: Retry) {
  const called = calledService ?? peer ?? operation;
  const [, namespace] = /^[^.]+\.([^.]+)$/.exec(service) ?? [];
  const suffix = `.${namespace}`;
  return namespace && called.endsWith(suffix)
    ? {
        caller: service.slice(0, -suffix.length),
        called: called.slice(0, -suffix.length),
      }
    : { caller: service, called };
}
