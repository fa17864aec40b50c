import { ButtonLink } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiExternalLinkLine } from '@remixicon/react';
import {
  rootSpan,
  type TraceResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { CopyButton } from '../../shared/controls/CopyButton';
import { ErrorCount } from '../../shared/figures/ErrorCount';
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatShare,
} from '../../shared/figures/format';
import { ServiceLabel } from '../../shared/names/ServiceLabel';
import { SeverityIcon } from '../../shared/notes/SeverityIcon';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import type { TimelineModel } from '../timeline/timelineModel';
import styles from './TraceView.module.css';

const SHARES = 4;

/** What the trace is, how long it took, and where that time went. */
export function TraceHeader(props: {
  response: TraceResponse;
  model: TimelineModel;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { model, response } = props;
  const { trace, tree } = model;
  const facts = [
    t('trace.start', { at: formatDateTime(trace.startTimeUs / 1_000) }),
    t('trace.duration', { value: formatDuration(trace.durationUs) }),
    t('trace.spans', {
      count: response.trace.spans.length,
      total: formatCount(response.trace.spans.length),
    }),
    t('trace.services', {
      count: model.services.length,
      total: formatCount(model.services.length),
    }),
    t('trace.depth', {
      count: tree.maxDepth + 1,
      total: formatCount(tree.maxDepth + 1),
    }),
  ];
  const total = model.pathShares.reduce((sum, part) => sum + part.onPathUs, 0);
  const warnings = [
    response.cut &&
      t('trace.cut', {
        shown: formatCount(response.cut.shownSpanCount),
        total: formatCount(response.cut.spanCount),
      }),
    ...trace.warnings,
    tree.orphanSpanIds.length > 0 &&
      t('trace.orphans', {
        count: tree.orphanSpanIds.length,
        total: formatCount(tree.orphanSpanIds.length),
      }),
    tree.cycleSpanIds.length > 0 &&
      t('trace.cycles', {
        count: tree.cycleSpanIds.length,
        total: formatCount(tree.cycleSpanIds.length),
      }),
  ].filter((text): text is string => Boolean(text));
  return (
    <header className={styles.header}>
      <div className={styles.titleLine}>
        <Title trace={trace} />
        {response.traceUrl && (
          <ButtonLink
            size="small"
            variant="secondary"
            href={response.traceUrl}
            target="_blank"
            rel="noopener noreferrer"
            iconEnd={<RiExternalLinkLine aria-hidden />}
          >
            {t('trace.open')}
          </ButtonLink>
        )}
      </div>
      <div className={styles.facts}>
        {facts.map(fact => (
          <span key={fact}>{fact}</span>
        ))}
        {model.errorCount > 0 ? (
          <ErrorCount count={model.errorCount} />
        ) : (
          <span>{t('trace.noErrors')}</span>
        )}
        <span className={styles.traceId}>
          <code>{trace.traceId}</code>
          <CopyButton text={trace.traceId} label={t('trace.copyId')} />
        </span>
      </div>
      {total > 0 && (
        <div className={styles.facts}>
          <span className={styles.muted}>{t('trace.path')}</span>
          {model.pathShares.slice(0, SHARES).map(share => (
            <ServiceLabel
              key={share.service}
              name={share.service}
              note={formatShare(share.onPathUs, total)}
            />
          ))}
        </div>
      )}
      {warnings.map(warning => (
        <div key={warning} className={styles.warning}>
          <SeverityIcon severity="warning" />
          {warning}
        </div>
      ))}
    </header>
  );
}

function Title({ trace }: { trace: TraceResponse['trace'] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const root = rootSpan(trace);
  const named = root ?? trace.spans[0];
  return (
    <h2 className={styles.title}>
      {named ? (
        <>
          {named.operation} <ServiceLabel name={named.service} />
        </>
      ) : (
        t('traces.noRoot')
      )}
    </h2>
  );
}
