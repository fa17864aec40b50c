import { type Sender, SPAN_FLAGS, SPAN_KINDS, type SpanTable } from '../traces';
import { compareText } from '../shared/compareText';
import { DurationGroups } from './DurationGroups';
import type { LatencyStatistics } from './model';
import type { ServiceFigures, SpanFigures } from './SpanFigures';
import type { TableSample } from './TableSample';

const SERVER = SPAN_KINDS.indexOf('server');
const CONSUMER = SPAN_KINDS.indexOf('consumer');

/** Spans of every kind, and the requests among them. */
interface FigureGroups {
  spans: DurationGroups<number>;
  requests: DurationGroups<number>;
}

/** Figures of all spans of a table, whosever they are. */
export function collectSpanFigures(
  table: SpanTable,
  isSubject: Uint8Array,
  sample?: TableSample,
): SpanFigures {
  const { durations, flags, parents, operationOf, senderOf } = table;
  const services = newGroups(sample);
  const operations = newGroups(sample);
  const links = new DurationGroups<number>(sample?.design);
  let errorCount = 0;
  let subjectErrorCount = 0;
  for (let span = 0; span < durations.length; span++) {
    const service = serviceOf(table, span);
    const pair =
      service * table.operations.length + (operationOf[span] as number);
    const durationUs = durations[span] as number;
    const isError = ((flags[span] as number) & SPAN_FLAGS.error) !== 0;
    const trace = sample ? (sample.traceOf[span] as number) : 0;
    const weight = sample ? sample.design.weightOf(trace) : 1;
    if (weight === 0) {
      continue;
    }
    errorCount += isError ? weight : 0;
    subjectErrorCount +=
      isError && isSubject[senderOf[span] as number] === 1 ? weight : 0;
    services.spans.at(service).add(durationUs, isError, 0, trace);
    operations.spans.at(pair).add(durationUs, isError, 0, trace);
    if (isRequest(table, span)) {
      services.requests.at(service).add(durationUs, isError, 0, trace);
      operations.requests.at(pair).add(durationUs, isError, 0, trace);
    }
    const parent = parents[span] as number;
    if (parent >= 0) {
      links
        .at(serviceOf(table, parent) * table.services.length + service)
        .add(durationUs, isError, 0, trace);
    }
  }
  return {
    errorCount: Math.round(errorCount),
    subjectErrorCount: Math.round(subjectErrorCount),
    ...namedFigures(table, { services, operations, links }),
  };
}

function newGroups(sample: TableSample | undefined): FigureGroups {
  const groups = () => new DurationGroups<number>(sample?.design);
  return { spans: groups(), requests: groups() };
}

function serviceOf({ senders, senderOf }: SpanTable, span: number): number {
  return (senders[senderOf[span] as number] as Sender).service;
}

function serves({ kinds }: SpanTable, span: number): boolean {
  return kinds[span] === SERVER || kinds[span] === CONSUMER;
}

function isRequest(table: SpanTable, span: number): boolean {
  const parent = table.parents[span] as number;
  const isInner =
    parent >= 0 &&
    serves(table, parent) &&
    serviceOf(table, parent) === serviceOf(table, span);
  return serves(table, span) && !isInner;
}

function namedFigures(
  { services: names, operations: operationNames }: SpanTable,
  groups: {
    services: FigureGroups;
    operations: FigureGroups;
    links: DurationGroups<number>;
  },
): Pick<SpanFigures, 'services' | 'operations' | 'links'> {
  const perService = operationNames.length;
  return {
    services: rowsOf(groups.services, service => ({
      service: names[service] as string,
    })),
    operations: rowsOf(groups.operations, pair => ({
      service: names[Math.floor(pair / perService)] as string,
      operation: operationNames[pair % perService] as string,
    })),
    links: groups.links
      .entries()
      .map(([pair, group]) => ({
        from: names[Math.floor(pair / names.length)] as string,
        to: names[pair % names.length] as string,
        ...(group.statistics() as LatencyStatistics),
      }))
      .sort(
        (a, b) =>
          b.count - a.count ||
          compareText(a.from, b.from) ||
          compareText(a.to, b.to),
      ),
  };
}

function rowsOf<T extends { service: string; operation?: string }>(
  { spans, requests }: FigureGroups,
  nameOf: (key: number) => T,
): Array<T & ServiceFigures> {
  return spans
    .entries()
    .map(([key, group]) => ({
      ...nameOf(key),
      // A group exists only once it has a value, so its statistics are not
      // null.
      ...(group.statistics() as LatencyStatistics),
      requests: requests.get(key)?.statistics() ?? null,
    }))
    .sort(
      (a, b) =>
        b.count - a.count ||
        compareText(a.service, b.service) ||
        compareText(a.operation ?? '', b.operation ?? ''),
    );
}
