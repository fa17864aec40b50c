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

/** Services of the critical path, those with the most time on it first. */
const SHARES = 4;

/** What the trace is, how long it took, and where that time went. */
export function TraceHeader(props: {
  response: TraceResponse;
  model: TimelineModel;
  /** Spans that will be there; absent when no more arrive. */
  arriving?: { spanCount: number };
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { model, response, arriving } = props;
  const { trace } = model;
  const facts = useFacts(response, model);
  const warnings = useWarnings(response, model);
  const total = model.pathShares.reduce((sum, part) => sum + part.onPathUs, 0);
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
        {model.errorCount > 0 && <ErrorCount count={model.errorCount} />}
        {model.errorCount === 0 && model.isWhole && (
          <span>{t('trace.noErrors')}</span>
        )}
        <span className={styles.traceId}>
          <code>{trace.traceId}</code>
          <CopyButton text={trace.traceId} label={t('trace.copyId')} />
        </span>
      </div>
      <Arriving shown={response.trace.spans.length} arriving={arriving} />
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

/** Says that more spans are on their way, and what is not known without them. */
function Arriving(props: {
  shown: number;
  arriving: { spanCount: number } | undefined;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { shown, arriving } = props;
  return (
    <div role="status" className={styles.muted}>
      {arriving &&
        t('trace.arriving', {
          shown: formatCount(shown),
          total: formatCount(arriving.spanCount),
        })}
    </div>
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

/** Start, duration and size of the trace. */
function useFacts(
  { trace: { spans } }: TraceResponse,
  { trace, tree, services }: TimelineModel,
): string[] {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return [
    t('trace.start', { at: formatDateTime(trace.startTimeUs / 1_000) }),
    t('trace.duration', { value: formatDuration(trace.durationUs) }),
    t('trace.spans', { count: spans.length, total: formatCount(spans.length) }),
    t('trace.services', {
      count: services.length,
      total: formatCount(services.length),
    }),
    t('trace.depth', {
      count: tree.maxDepth + 1,
      total: formatCount(tree.maxDepth + 1),
    }),
  ];
}

/** What of the trace is missing, or does not fit together. */
function useWarnings(
  { cut }: TraceResponse,
  { trace, tree: { orphanSpanIds, cycleSpanIds }, isWhole }: TimelineModel,
): string[] {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return [
    cut &&
      t('trace.cut', {
        shown: formatCount(cut.shownSpanCount),
        total: formatCount(cut.spanCount),
      }),
    ...trace.warnings,
    isWhole &&
      orphanSpanIds.length > 0 &&
      t('trace.orphans', {
        count: orphanSpanIds.length,
        total: formatCount(orphanSpanIds.length),
      }),
    cycleSpanIds.length > 0 &&
      t('trace.cycles', {
        count: cycleSpanIds.length,
        total: formatCount(cycleSpanIds.length),
      }),
  ].filter((text): text is string => Boolean(text));
}
