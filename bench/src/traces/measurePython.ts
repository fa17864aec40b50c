import { spawnSync } from 'node:child_process';
import {
  buildTraceReport,
  type LatencyStatistics,
  type TraceAnalysis,
  type TraceReport,
} from 'backstage-plugin-mesh-tracing-common';
import type { BenchRow } from '../BenchRow';

/**
 * What the scripts of tracing tutorials compute from Jaeger's JSON: latency by
 * service and operation, errors, and calls between services. Then, untimed, the
 * figures of a report on one service, by the standard library's statistics.
 * Prints both as JSON.
 */
const SCRIPT = `
import json, sys, time, collections, statistics
started = time.perf_counter()
with open(sys.argv[1], 'rb') as file:
    data = json.load(file)
durations = collections.defaultdict(list)
errors = collections.Counter()
edges = collections.Counter()
for trace in data['data']:
    names = {pid: p['serviceName'] for pid, p in trace['processes'].items()}
    spans = {span['spanID']: span for span in trace['spans']}
    for span in trace['spans']:
        service = names[span['processID']]
        durations[(service, span['operationName'])].append(span['duration'])
        if any(tag['key'] == 'error' and tag['value'] for tag in span['tags']):
            errors[service] += 1
        for reference in span['references']:
            parent = spans.get(reference['spanID'])
            if parent and names[parent['processID']] != service:
                edges[(names[parent['processID']], service)] += 1
def percentile(values, q):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * q))]
report = {key: (len(v), sum(v) / len(v), percentile(v, .5), percentile(v, .95), percentile(v, .99)) for key, v in durations.items()}
assert report and edges
seconds = time.perf_counter() - started

subject = sys.argv[2]
requests = collections.defaultdict(list)
failed = collections.Counter()
calls = collections.defaultdict(list)
failed_calls = collections.Counter()
for trace in data['data']:
    names = {pid: p['serviceName'] for pid, p in trace['processes'].items()}
    spans = {span['spanID']: span for span in trace['spans']}
    def facts(span):
        tags = {tag['key']: tag['value'] for tag in span['tags']}
        return names[span['processID']], tags.get('span.kind'), tags.get('error') is True
    for span in trace['spans']:
        service, kind, is_error = facts(span)
        parent = spans.get(span['references'][0]['spanID']) if span['references'] else None
        caller, caller_kind, caller_error = facts(parent) if parent else (None, None, False)
        if service == subject and kind == 'server' and (caller, caller_kind) != (subject, 'server'):
            requests[span['operationName']].append(span['duration'])
            failed[span['operationName']] += is_error
        if caller not in (None, service):
            calls[(caller, service)].append(span['duration'])
            failed_calls[(caller, service)] += is_error or (caller_kind == 'client' and caller_error)
def figures(values, errors):
    cuts = statistics.quantiles(values, n=100, method='inclusive') if len(values) > 1 else values * 99
    return {'count': len(values), 'errorCount': errors, 'meanUs': sum(values) / len(values), 'p50Us': cuts[49], 'p95Us': cuts[94], 'p99Us': cuts[98]}
result = {'operation ' + name: figures(v, failed[name]) for name, v in requests.items()}
result['all'] = figures([d for v in requests.values() for d in v], sum(failed.values()))
for (a, b), v in calls.items():
    of_call = figures(v, failed_calls[(a, b)])
    result['calls %s > %s' % (a, b)] = {key: of_call[key] for key in ('count', 'errorCount', 'p50Us', 'p95Us')}
print(json.dumps({'seconds': seconds, 'figures': result}))
`;

type Figures = Record<string, Record<string, number | null>>;

function latencyFigures(row: LatencyStatistics): Figures[string] {
  const { count, errorCount, meanUs, p50Us, p95Us, p99Us } = row;
  return { count, errorCount, meanUs, p50Us, p95Us, p99Us };
}

/** The figures of a report under the script's names for them. */
function figuresOf(report: TraceReport): Figures {
  const names = new Map(
    report.dependencies.nodes.map(({ id, name }) => [id, name]),
  );
  return Object.fromEntries([
    ...(report.overall
      ? [['all', latencyFigures(report.overall)] as const]
      : []),
    ...report.operations.map(
      row => [`operation ${row.operation}`, latencyFigures(row)] as const,
    ),
    ...report.dependencies.edges.map(edge => {
      const { callCount: count, errorCount, p50Us, p95Us } = edge;
      return [
        `calls ${names.get(edge.from)} > ${names.get(edge.to)}`,
        { count, errorCount, p50Us, p95Us },
      ] as const;
    }),
  ]);
}

/** Each figure as one line, rounded to what both languages agree on. */
function linesOf(figures: Figures): string[] {
  return Object.entries(figures).flatMap(([of, values]) =>
    Object.entries(values).map(
      ([name, value]) => `${of}: ${name} ${value?.toPrecision(10)}`,
    ),
  );
}

/**
 * The same analysis in Python, on the same bytes: how long it takes, and how many
 * figures of the report differ. No rows where Python is not installed.
 */
export function measurePython(
  file: string,
  ours: { analysis: TraceAnalysis; service: string; medianMs: number },
): BenchRow[] {
  const run = spawnSync('python3', ['-c', SCRIPT, file, ours.service], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error) {
    return [];
  }
  if (run.status !== 0) {
    throw new Error(`The Python script failed: ${run.stderr}`);
  }
  const { seconds, figures } = JSON.parse(run.stdout) as {
    seconds: number;
    figures: Figures;
  };
  const report = buildTraceReport({
    entityRef: 'component:default/bench',
    owners: [],
    links: [],
    generatedAt: new Date(0).toISOString(),
    tracing: null,
    store: 'bench',
    startTimeMs: 0,
    endTimeMs: 0,
    analysis: ours.analysis,
    coverage: '',
    samplingPercent: null,
    errors: [],
  });
  const theirs = new Set(linesOf(figures));
  const own = new Set(linesOf(figuresOf(report)));
  const all = new Set([...theirs, ...own]);
  const odd = [...all].filter(line => !theirs.has(line) || !own.has(line));
  odd.slice(0, 10).forEach(line => process.stderr.write(`differs: ${line}\n`));
  const label = 'jaeger: the tutorial script in Python, same bytes';
  return [
    { name: label, value: seconds * 1000, unit: 'ms' },
    {
      name: `${label} / bytes to results`,
      value: (seconds * 1000) / ours.medianMs,
      unit: 'x',
    },
    {
      name: `report: figures that differ from Python's, of ${theirs.size}`,
      value: odd.length,
      unit: 'figures',
      limit: 0,
    },
  ];
}
