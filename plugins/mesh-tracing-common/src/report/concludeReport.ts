import { compareLatency, type EstimateBounds } from '../latency';
import { cell } from '../shared/markdown';
import { milliseconds } from './milliseconds';
import { groupErrors } from './reportedErrors';
import type { TraceReport } from './traceReport';

const MOST_LINES = 5;
const utc = (ms: number) => new Date(ms).toISOString();

/** Half a page that says what matters; all times are UTC. */
export function concludeReport(report: TraceReport): string[] {
  return [
    `${utc(report.startTimeMs)} to ${utc(
      report.endTimeMs,
    )} (all times are UTC), from ${cell(report.store)}: ${tracesOf(
      report,
    )} ${cell(report.coverage)} Generated at ${report.generatedAt}.`,
    '',
    ...belonging(report),
    '',
    '## Conclusion',
    '',
    ...[
      ...requests(report),
      ...errors(report),
      ...criticalPath(report),
      ...versions(report),
      ...tracing(report),
    ].map(line => `- ${line}`),
    '',
  ];
}

function tracesOf({ traceCount, spanCount, sample }: TraceReport): string {
  if (!sample || sample.isExact) {
    return `${traceCount} traces, ${spanCount} spans.`;
  }
  const { readTraceCount, sliceCount, unreadSliceCount } = sample;
  const unread =
    unreadSliceCount > 0
      ? ` Nothing could be read of ${unreadSliceCount} of ${sliceCount} parts of that time, of which this says nothing.`
      : '';
  return `about ${traceCount} traces, ${spanCount} spans, estimated from ${readTraceCount} traces read across that time.${unread}`;
}

function belonging({ owners, links }: TraceReport): string[] {
  const owner = owners.length === 0 ? 'no owner' : owners.map(cell).join(', ');
  const named = links.map(({ title, url }) =>
    [title, url]
      .map(text => cell(text ?? ''))
      .filter(Boolean)
      .join(': '),
  );
  return [
    `Owned by ${owner}.`,
    ...(named.length > 0 ? ['', ...named.map(link => `- ${link}`)] : []),
  ];
}

function requests({ overall, confidence }: TraceReport): string[] {
  return [
    confidence.statement,
    ...(overall
      ? [
          `Half of the requests take up to ${milliseconds(
            overall.p50Us,
          )} ms${boundsOf(overall.estimate?.p50Us)}, 95 % up to ${milliseconds(
            overall.p95Us,
          )} ms${boundsOf(overall.estimate?.p95Us)}, the slowest ${
            overall.estimate ? 'that was read ' : ''
          }${milliseconds(overall.maxUs)} ms.`,
        ]
      : []),
  ];
}

function boundsOf(bounds: EstimateBounds | null | undefined): string {
  return bounds
    ? ` (between ${milliseconds(bounds.low)} and ${milliseconds(
        bounds.high,
      )} ms with 95 % confidence)`
    : '';
}

function errors(report: TraceReport): string[] {
  const [most] = groupErrors(report.errors).filter(
    ({ example }) => example.isOrigin,
  );
  const total = `${report.errorCount} spans of all services failed, in ${report.failedTraceCount} of ${report.traceCount} traces.`;
  if (report.errorCount === 0) {
    return ['No span is known to have failed.'];
  }
  if (!most) {
    return [total];
  }
  const { count, example } = most;
  const message = example.message ? `: ${cell(example.message)}` : '';
  return [
    total,
    `Most failures began in ${cell(example.service)}, ${cell(
      example.operation,
    )} (${
      count === 1 ? '1 call' : `${count} calls`
    }${message}), as in trace ${cell(example.traceId)}.`,
  ];
}

function criticalPath({ criticalPath: shares }: TraceReport): string[] {
  const totalUs = shares.reduce((sum, { selfUs }) => sum + selfUs, 0);
  const named = shares.slice(0, 3).map(({ service, operation, selfUs }) => {
    const percent = Math.round((selfUs / totalUs) * 100);
    return `${cell(service)}, ${cell(operation)} ${percent} %`;
  });
  return totalUs > 0
    ? [
        `Where the time of the entity and of what it calls goes (critical path): ${named.join(
          '; ',
        )}.`,
      ]
    : [];
}

function versions({ versions: rows }: TraceReport): string[] {
  const workloads = [...new Set(rows.map(({ workload }) => workload))];
  return workloads.slice(0, MOST_LINES).flatMap(workload => {
    const [busiest, ...others] = rows
      .filter(row => row.workload === workload)
      .sort((a, b) => b.count - a.count);
    if (!busiest) {
      return [];
    }
    const told = [busiest, ...others.slice(0, MOST_LINES)].map(row => {
      const { verdict } = compareLatency(busiest, row);
      const compared = row === busiest ? '' : ` (${verdict})`;
      return `${cell(row.version)} ${row.errorCount} of ${
        row.count
      } failed, p95 ${milliseconds(row.p95Us)} ms${compared}`;
    });
    return [
      `Versions of ${cell(workload)}, against the busiest: ${told.join('; ')}.`,
    ];
  });
}

function tracing({ tracing: inForce }: TraceReport): string[] {
  if (!inForce) {
    return ['Sampling and findings are not yours to read.'];
  }
  const { sampling, findings } = inForce;
  const more = findings.length - MOST_LINES;
  return [
    ...(sampling.length === 0 ? ['No workload is known.'] : []),
    ...sampling
      .slice(0, MOST_LINES)
      .map(
        ({ workload, explanation }) =>
          `Sampling of ${cell(
            `${workload.cluster}/${workload.namespace}/${workload.name}`,
          )}: ${cell(explanation)}`,
      ),
    ...(sampling.length > MOST_LINES
      ? [
          `Sampling of ${
            sampling.length - MOST_LINES
          } more workloads: see the JSON report.`,
        ]
      : []),
    ...findings
      .slice(0, MOST_LINES)
      .map(
        ({ severity, what, whatToDo }) =>
          `${severity}: ${cell(what)} ${cell(whatToDo)}`,
      ),
    ...(more > 0 ? [`${more} more findings are in the JSON report.`] : []),
    ...(findings.length === 0 ? ['No findings about the configuration.'] : []),
  ];
}
