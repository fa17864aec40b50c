import {
  tableSpanMatcher,
  type SpanTable,
  type TraceFilter,
} from 'backstage-plugin-mesh-tracing-common';
import type { PageTimes } from './TraceJob';

const MS_US = 1000;

/** The latest start of some spans of each trace. */
class LatestStarts {
  readonly us: number[];

  constructor(
    traceCount: number,
    readonly counts: (span: number, startUs: number) => boolean,
  ) {
    this.us = new Array<number>(traceCount).fill(Number.NaN);
  }

  look(trace: number, span: number, startUs: number): void {
    const latest = this.us[trace] as number;
    if (!(startUs <= latest) && this.counts(span, startUs)) {
      this.us[trace] = startUs;
    }
  }
}

/**
 * When the traces of a page were. Stores choose and order traces by their latest
 * matching span in the window (Badger; Elasticsearch, which widens the window to
 * whole milliseconds) or show them by their latest span of all (its summaries).
 * Which spans match is told by all filters, or, in Badger, by one of them.
 */
export function timesOfTable(table: SpanTable, filter: TraceFilter): PageTimes {
  const count = table.traceIds.length;
  const { services, startTimeMs, endTimeMs } = filter;
  const ofService = tableSpanMatcher(table, {
    services,
    startTimeMs,
    endTimeMs,
  });
  // Stores know nothing of subjects.
  const passes = tableSpanMatcher(table, { ...filter, subject: undefined });
  const endUs = Math.round(endTimeMs * MS_US);
  const endOfMs = Math.floor(endUs / MS_US) * MS_US + MS_US - 1;
  const match = new LatestStarts(
    count,
    (span, us) => us <= endUs && ofService(span),
  );
  const matchInMs = new LatestStarts(
    count,
    (span, us) => us <= endOfMs && ofService(span),
  );
  const others = [
    matchInMs,
    new LatestStarts(count, (span, us) => us <= endUs && passes(span)),
    new LatestStarts(count, (span, us) => us <= endOfMs && passes(span)),
    new LatestStarts(count, () => true),
  ];
  const times: PageTimes = {
    startUs: Array.from(table.traceStartUs, Math.floor),
    endUs: new Array<number>(count).fill(0),
    matchUs: match.us,
    otherKeysUs: others.map(({ us }) => us),
  };
  for (let trace = 0; trace < count; trace++) {
    const traceStart = table.traceStartUs[trace] as number;
    const last = table.traceFirst[trace + 1] as number;
    let latestEnd = 0;
    for (let span = table.traceFirst[trace] as number; span < last; span++) {
      const startUs = Math.floor(traceStart + (table.starts[span] as number));
      match.look(trace, span, startUs);
      others.forEach(other => other.look(trace, span, startUs));
      latestEnd = Math.max(latestEnd, table.ends[span] as number);
    }
    times.endUs[trace] = Math.floor(traceStart + latestEnd);
    if (Number.isNaN(match.us[trace])) {
      match.us[trace] = matchInMs.us[trace] as number;
    }
  }
  return times;
}
