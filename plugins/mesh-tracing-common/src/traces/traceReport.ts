import { visibleLine, visibleText } from '../shared/visibleText';
import type { DependencyGraph } from '../dependencies/model';
import {
  sampleConfidence,
  type SampleConfidence,
} from '../latency/sampleConfidence';
import type { LatencyStatistics, OperationLatency } from '../latency/model';
import type { TraceAnalysis } from './analysis';
import { errorMessage, statusOf } from './findErrorRootCauses';
import type { Trace } from './model';
import { spanBelongsTo } from './spanBelongsTo';
import type { TraceSubject } from './TraceSubject';

/** One failed span of the subject. @public */
export interface ReportedError {
  /** Milliseconds since the epoch. */
  timeMs: number;
  traceId: string;
  spanId: string;
  service: string;
  operation: string;
  message?: string;
  /** HTTP or gRPC status. */
  status?: string;
}

/** One document about an entity and a window. @public */
export interface TraceReport {
  entityRef: string;
  store: string;
  /** Milliseconds since the epoch. */
  startTimeMs: number;
  endTimeMs: number;
  traceCount: number;
  spanCount: number;
  /** What part of the window the traces are, in plain words. */
  coverage: string;
  confidence: SampleConfidence;
  overall: LatencyStatistics | null;
  operations: OperationLatency[];
  errors: ReportedError[];
  dependencies: Pick<DependencyGraph, 'nodes' | 'edges'>;
}

/** The subject's failed spans in some traces, newest first. @public */
export function collectErrors(
  traces: Iterable<Trace>,
  subject: TraceSubject,
): ReportedError[] {
  const errors: ReportedError[] = [];
  for (const trace of traces) {
    for (const span of trace.spans) {
      if (span.status !== 'error' || !spanBelongsTo(span, subject)) {
        continue;
      }
      const message = errorMessage(span);
      const status = statusOf(span);
      errors.push({
        timeMs: (trace.startTimeUs + span.offsetUs) / 1000,
        traceId: trace.traceId,
        spanId: span.spanId,
        service: span.service,
        operation: span.operation,
        ...(message ? { message } : {}),
        ...(status ? { status } : {}),
      });
    }
  }
  return errors.sort((a, b) => b.timeMs - a.timeMs);
}

/** Puts a report together. @public */
export function buildTraceReport(input: {
  entityRef: string;
  store: string;
  startTimeMs: number;
  endTimeMs: number;
  analysis: TraceAnalysis;
  coverage: string;
  /** Sampling in force, percent; null = unknown or mixed. */
  samplingPercent: number | null;
  errors: ReportedError[];
}): TraceReport {
  const { analysis, samplingPercent, ...rest } = input;
  const { overall, operations } = analysis.latency;
  return {
    ...visible(rest),
    traceCount: analysis.traceCount,
    spanCount: analysis.spanCount,
    confidence: sampleConfidence(
      overall?.count ?? 0,
      overall?.errorCount ?? 0,
      samplingPercent,
    ),
    overall,
    operations: visible(operations),
    dependencies: visible({
      nodes: analysis.dependencies.nodes,
      edges: analysis.dependencies.edges,
    }),
  };
}

/** The same without hidden characters in any text; lines stay, as in the spans. */
function visible<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'string' ? visibleText(part) : part,
    ),
  );
}

function milliseconds(us: number): string {
  return (us / 1000).toFixed(us < 10_000 ? 2 : 1);
}

const MAX_CELL_LENGTH = 300;

/**
 * What readers of Markdown make a link of without being asked: addresses (GFM,
 * autolinks), and on code hosts people and issues. A backslash doesn't keep them
 * from it, since they look at the text that is shown; a code span does.
 */
const LINKABLE = /:\/\/|www\.|mailto:|xmpp:|@|#\d/i;

/** Text from traces is hostile: it must not become markup, or break a table. */
function cell(text: string): string {
  // Cut first: a cut escape would escape what follows.
  const line = [...visibleLine(text)].slice(0, MAX_CELL_LENGTH).join('');
  return LINKABLE.test(line)
    ? codeSpan(line)
    : line.replace(/[\\`*_{}[\]<>()#+!|~&$]/g, character => `\\${character}`);
}

/** In tables neither `|` nor a backslash before it can stand in one as it is. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(run => run.length)) + 1);
  return `${fence} ${text.replace(/\|/g, '¦')} ${fence}`;
}

function table(head: string[], rows: string[][]): string[] {
  return rows.length === 0
    ? ['None.']
    : [
        `| ${head.join(' | ')} |`,
        `|${head.map(() => ' --- |').join('')}`,
        ...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
      ];
}

function latencyCells(row: LatencyStatistics): string[] {
  return [
    String(row.count),
    String(row.errorCount),
    ...[row.meanUs, row.p50Us, row.p95Us, row.p99Us, row.maxUs].map(
      milliseconds,
    ),
  ];
}

const LATENCY_HEAD = [
  'Requests',
  'Errors',
  'Mean ms',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'Max ms',
];

/** The report as Markdown. @public */
export function formatTraceReport(report: TraceReport): string {
  const names = new Map(
    report.dependencies.nodes.map(node => [node.id, node.name]),
  );
  const time = (ms: number) => new Date(ms).toISOString();
  return [
    `# Traces of ${cell(report.entityRef)}`,
    '',
    `${time(report.startTimeMs)} to ${time(report.endTimeMs)}, from ${cell(
      report.store,
    )}: ${report.traceCount} traces, ${report.spanCount} spans. ${cell(
      report.coverage,
    )}`,
    '',
    report.confidence.statement,
    '',
    '## Latency',
    '',
    ...table(
      ['Service', 'Operation', ...LATENCY_HEAD],
      [
        ...(report.overall
          ? [['all', 'all', ...latencyCells(report.overall)]]
          : []),
        ...report.operations.map(row => [
          row.service,
          row.operation,
          ...latencyCells(row),
        ]),
      ],
    ),
    '',
    '## Errors',
    '',
    ...table(
      ['Time', 'Service', 'Operation', 'Status', 'Message', 'Trace'],
      report.errors.map(error => [
        time(error.timeMs),
        error.service,
        error.operation,
        error.status ?? '',
        error.message ?? '',
        error.traceId,
      ]),
    ),
    '',
    '## Dependencies',
    '',
    ...table(
      ['From', 'To', 'Protocol', 'Calls', 'Errors', 'p50 ms', 'p95 ms'],
      report.dependencies.edges.map(edge => [
        names.get(edge.from) ?? edge.from,
        names.get(edge.to) ?? edge.to,
        edge.protocol,
        String(edge.callCount),
        String(edge.errorCount),
        edge.p50Us === null ? '' : milliseconds(edge.p50Us),
        edge.p95Us === null ? '' : milliseconds(edge.p95Us),
      ]),
    ),
    '',
  ].join('\n');
}
