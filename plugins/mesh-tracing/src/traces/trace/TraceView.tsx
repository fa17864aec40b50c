import type { CompoundEntityRef } from '@backstage/catalog-model';
import { Box, Link } from '@backstage/ui';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import type { TraceResponse } from 'backstage-plugin-mesh-tracing-common';
import { useMemo } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { meshTracingApiRef } from '../../shared/api/MeshTracingApi';
import { Loaded } from '../../shared/states/Loaded';
import { useLoad } from '../../shared/states/useLoad';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { TimelineGrid } from '../timeline/TimelineGrid';
import { timelineModel } from '../timeline/timelineModel';
import { TimelineSwitches } from '../timeline/TimelineSwitches';
import { useTimelineOptions } from '../timeline/useTimelineOptions';
import { useTimelineState } from '../timeline/useTimelineState';
import { SpanDetail } from './SpanDetail';
import { TimelineToolbar } from './TimelineToolbar';
import { TraceHeader } from './TraceHeader';
import { TraceInsightList } from './TraceInsightList';
import styles from './TraceView.module.css';

/** One trace: header, timeline, and the chosen span. */
export function TraceView(props: {
  entityRef: CompoundEntityRef;
  traceId: string;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entityRef, traceId } = props;
  const api = useApi(meshTracingApiRef);
  const { href } = useTracingUrl();
  const trace = useLoad<ShownTrace>(
    JSON.stringify([entityRef, traceId]),
    async (signal, show) => ({
      response: await api.getTrace(entityRef, traceId, undefined, {
        signal,
        onProgress: ({ response, spanCount }) =>
          show({ response, arriving: { spanCount } }),
      }),
    }),
  );
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.view}
      aria-label={t('trace.label')}
    >
      <div className={styles.back}>
        <Link
          href={href({
            trace: undefined,
            span: undefined,
            find: undefined,
            clocks: undefined,
          })}
          variant="body-small"
        >
          {t('trace.back')}
        </Link>
      </div>
      <Loaded load={trace} lines={12} keepsFormer>
        {({ response, arriving }) => (
          <LoadedTrace
            response={response}
            arriving={trace.loading ? arriving : undefined}
            isWhole={arriving === undefined}
          />
        )}
      </Loaded>
    </Box>
  );
}

/** A trace, whole or with the spans that are there. */
interface ShownTrace {
  response: TraceResponse;
  /** Absent when all spans are there. */
  arriving?: { spanCount: number };
}

function LoadedTrace(props: ShownTrace & { isWhole: boolean }) {
  const { response, arriving, isWhole } = props;
  const { foldHops, correctClocks } = useTimelineOptions();
  const model = useMemo(
    () => timelineModel(response.trace, { foldHops, correctClocks, isWhole }),
    [response, foldHops, correctClocks, isWhole],
  );
  const entitySpanIds = useMemo(
    () => new Set(response.entitySpanIds),
    [response],
  );
  const state = useTimelineState(model);
  const selected = model.tree.rows[state.selected]?.span;
  return (
    <>
      <TraceHeader response={response} model={model} arriving={arriving} />
      {response.insights && (
        <TraceInsightList
          insights={response.insights}
          model={model}
          state={state}
        />
      )}
      <TimelineToolbar state={state} errorCount={model.errorCount}>
        <TimelineSwitches
          hopCount={model.hopCount}
          hasClockSkew={Boolean(response.insights?.clockSkew)}
        />
      </TimelineToolbar>
      <div className={styles.parts} data-detail={selected !== undefined}>
        <TimelineGrid
          model={model}
          state={state}
          entitySpanIds={entitySpanIds}
        />
        {selected && (
          <SpanDetail
            key={selected.spanId}
            model={model}
            span={selected}
            onClose={() => state.select(undefined)}
          />
        )}
      </div>
    </>
  );
}
