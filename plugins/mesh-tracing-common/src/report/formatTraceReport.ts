import type { LatencyStatistics, ServiceFigures } from '../latency';
import { concludeReport } from './concludeReport';
import { cell, table } from '../shared/markdown';
import { milliseconds } from './milliseconds';
import { relatedEdges } from './relatedEdges';
import { groupErrors } from './reportedErrors';
import type { TraceReport } from './traceReport';

const LATENCY_HEAD = [
  'Requests',
  'Errors',
  'Mean ms',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'Max ms',
];
/** Longer tables are for the JSON, which has all rows. */
const MOST_ROWS = 50;

/** The report as Markdown: the conclusion first, what it rests on below. @public */
export function formatTraceReport(report: TraceReport): string {
  return [
    `# Traces of ${cell(report.entityRef)}`,
    '',
    ...concludeReport(report),
    ...entityLatency(report),
    ...peers(report),
    ...errors(report),
    ...dependencies(report),
    ...everyService(report),
  ].join('\n');
}

function section(
  title: string,
  head: string[],
  rows: string[][],
  remarks: string[] = [],
): string[] {
  const left = rows.length - MOST_ROWS;
  return [
    `## ${title}`,
    '',
    ...remarks.flatMap(remark => [remark, '']),
    ...table(head, rows.slice(0, MOST_ROWS)),
    '',
    ...(left > 0 ? [`${left} more rows are in the JSON report.`, ''] : []),
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

function entityLatency({ overall, operations }: TraceReport): string[] {
  return section(
    'Latency',
    ['Service', 'Operation', ...LATENCY_HEAD],
    [
      ...(overall ? [['all', 'all', ...latencyCells(overall)]] : []),
      ...operations.map(row => [
        row.service,
        row.operation,
        ...latencyCells(row),
      ]),
    ],
  );
}

function peers(report: TraceReport): string[] {
  return section(
    'Peers',
    ['Direction', 'Peer', ...LATENCY_HEAD],
    report.peers.map(row => [row.direction, row.peer, ...latencyCells(row)]),
  );
}

function errors(report: TraceReport): string[] {
  const { errorCount, failedTraceCount } = report;
  return section(
    'Errors',
    [
      'Calls',
      'Service',
      'Operation',
      'Status',
      'Message',
      'Began here',
      'Newest (UTC)',
      'Its trace',
    ],
    groupErrors(report.errors).map(({ count, example }) => [
      String(count),
      example.service,
      example.operation,
      example.status ?? '',
      example.message ?? '',
      example.isOrigin ? 'yes' : 'no',
      new Date(example.timeMs).toISOString(),
      example.traceId,
    ]),
    [
      `${errorCount} spans failed, in ${failedTraceCount} of ${report.traceCount} traces. A call that client and server, or proxy and application, both report counts once below.`,
    ],
  );
}

function dependencies({ dependencies: graph }: TraceReport): string[] {
  const names = new Map(graph.nodes.map(node => [node.id, node.name]));
  const related = relatedEdges(graph);
  const left = graph.edges.length - related.length;
  return section(
    'Dependencies',
    ['From', 'To', 'Protocol', 'Calls', 'Errors', 'p50 ms', 'p95 ms'],
    related.map(edge => [
      names.get(edge.from) ?? edge.from,
      names.get(edge.to) ?? edge.to,
      edge.protocol,
      String(edge.callCount),
      String(edge.errorCount),
      edge.p50Us === null ? '' : milliseconds(edge.p50Us),
      edge.p95Us === null ? '' : milliseconds(edge.p95Us),
    ]),
    left > 0
      ? [
          `Calls between ${left} other pairs neither lead to the entity nor follow from it; the JSON report has them.`,
        ]
      : [],
  );
}

function figureCells({ requests, ...spans }: ServiceFigures): string[] {
  return [
    ...(requests ? latencyCells(requests) : LATENCY_HEAD.map(() => '')),
    String(spans.count),
    String(spans.errorCount),
  ];
}

function everyService({ spanFigures }: TraceReport): string[] {
  if (!spanFigures) {
    return [];
  }
  const head = [...LATENCY_HEAD, 'Spans', 'Failed spans'];
  const asked = spanFigures.operations.filter(({ requests }) => requests);
  return [
    ...section(
      'All services',
      ['Service', ...head],
      spanFigures.services.map(row => [row.service, ...figureCells(row)]),
      [
        'Requests are what a service was asked, each once; spans are all that it sent, its own calls included.',
      ],
    ),
    ...section(
      'All operations',
      ['Service', 'Operation', ...head],
      asked.map(row => [row.service, row.operation, ...figureCells(row)]),
      [
        'Operations that only calling or internal spans name are in the JSON report.',
      ],
    ),
  ];
}
