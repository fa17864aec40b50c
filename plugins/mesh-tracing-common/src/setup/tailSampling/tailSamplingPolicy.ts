import { formatYaml } from '../../yaml';
import { suggestPercentage } from '../rates/suggestPercentage';
import { ANNOTATION_TAIL_SAMPLING } from '../../shared/annotations';

/** The collector's own default, long enough for most traces to end. */
export const USUAL_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 120_000;
/** The collector's own default; it takes that many traces before it forgets one undecided. */
export const USUAL_TRACES = 50_000;
/** Traffic doubles in an hour that nobody foresaw. */
const SPARE = 2;
/** A request so slow is worth a look where nothing is known of the others. */
const USUAL_SLOW_MS = 1_000;
/** Kept of the traces with nothing special, to have something to compare with. */
const BASELINE_TRACES_PER_MINUTE = 60;
const USUAL_BASELINE_PERCENT = 1;
/** Collectors meet under this name, as a headless Service. */
const SERVICE = 'otel-sampling-headless';

/** What a policy is made for; all of it may be unknown. @public */
export interface TailSamplingInput {
  /** Of the entity or of the mesh, whichever goes through the collector. */
  requestsPerSecond?: number;
  /** Milliseconds. */
  longestTraceMs?: number;
  /** 99th percentile of the durations, milliseconds. */
  slowMs?: number;
  /** Where the Telemetry is to be. */
  namespace: string;
  /** Labels of the workload; absent for a whole namespace. */
  matchLabels?: Record<string, string>;
}

/** A tail-sampling policy, and the numbers that it was made of. @public */
export interface TailSamplingPolicy {
  /** Configuration of the collectors that decide. */
  collectorYaml: string;
  /** Of those in front, which send all spans of a trace to one that decides. */
  loadBalancerYaml: string;
  /** What has every request traced, so that there is something to decide about. */
  telemetryYaml: string;
  /** Percentage that the Telemetry must set. */
  telemetryPercent: 100;
  decisionWaitMs: number;
  numTraces: number;
  /** Share of the unremarkable traces that is kept, percent. */
  baselinePercent: number;
}

/**
 * A policy of the OpenTelemetry collector's `tail_sampling` processor that keeps
 * what failed and what was slow, and some of the rest.
 * @public
 */
export function tailSamplingPolicy(
  input: TailSamplingInput,
): TailSamplingPolicy {
  const { requestsPerSecond, longestTraceMs, slowMs } = input;
  const decisionWaitMs = decisionWait(longestTraceMs);
  const numTraces = tracesInMemory(requestsPerSecond, decisionWaitMs);
  const baselinePercent =
    suggestPercentage({
      requestsPerSecond: requestsPerSecond ?? 0,
      tracesPerMinute: BASELINE_TRACES_PER_MINUTE,
      maxPercent: 100,
    })?.percent ?? USUAL_BASELINE_PERCENT;
  const processor = {
    decision_wait: `${decisionWaitMs / 1000}s`,
    num_traces: numTraces,
    expected_new_traces_per_sec: Math.max(1, Math.ceil(requestsPerSecond ?? 0)),
    policies: [
      {
        name: 'failed',
        type: 'status_code',
        status_code: { status_codes: ['ERROR'] },
      },
      {
        name: 'slow',
        type: 'latency',
        latency: {
          threshold_ms: Math.max(1, Math.round(slowMs ?? USUAL_SLOW_MS)),
        },
      },
      {
        name: 'some-of-the-rest',
        type: 'probabilistic',
        probabilistic: { sampling_percentage: baselinePercent },
      },
    ],
  };
  return {
    collectorYaml: collectorYaml(processor),
    loadBalancerYaml: loadBalancerYaml(),
    telemetryYaml: telemetryYaml(input),
    telemetryPercent: 100,
    decisionWaitMs,
    numTraces,
    baselinePercent,
  };
}

/** Twice the longest trace that was seen, in whole seconds, within reason. */
function decisionWait(longestTraceMs = 0): number {
  const wantedMs = Math.ceil((SPARE * longestTraceMs) / 1000) * 1000;
  return Math.min(Math.max(wantedMs, USUAL_WAIT_MS), LONGEST_WAIT_MS);
}

/** Those that begin while the first of them waits, and as many again. */
function tracesInMemory(requestsPerSecond = 0, waitMs: number): number {
  const traces = Math.ceil((requestsPerSecond * SPARE * waitMs) / 1000);
  return Math.max(USUAL_TRACES, traces);
}

const RECEIVERS = {
  otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' } } },
};

function collectorYaml(tailSampling: object): string {
  return `${[
    '# Of the collectors that decide. All spans of a trace must reach the same one: run',
    '# one alone, or put collectors with the other configuration in front of several.',
    '# decision_wait and num_traces cost memory: about num_traces times the size of a trace.',
  ].join('\n')}\n${formatYaml({
    receivers: RECEIVERS,
    processors: { tail_sampling: tailSampling, batch: {} },
    exporters: {
      otlp: {
        endpoint: 'jaeger-collector.observability:4317',
        tls: { insecure: true },
      },
    },
    service: {
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['tail_sampling', 'batch'],
          exporters: ['otlp'],
        },
      },
    },
  })}`;
}

function loadBalancerYaml(): string {
  return `${[
    '# Of the collectors in front, which the provider of the mesh names: they send all',
    `# spans of a trace to the same of the collectors behind the headless Service ${SERVICE}.`,
  ].join('\n')}\n${formatYaml({
    receivers: RECEIVERS,
    exporters: {
      loadbalancing: {
        routing_key: 'traceID',
        protocol: { otlp: { tls: { insecure: true } } },
        resolver: {
          dns: { hostname: `${SERVICE}.observability.svc.cluster.local` },
        },
      },
    },
    service: {
      pipelines: {
        traces: { receivers: ['otlp'], exporters: ['loadbalancing'] },
      },
    },
  })}`;
}

function telemetryYaml({ namespace, matchLabels }: TailSamplingInput): string {
  return formatYaml({
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: {
      name: 'trace-all-for-tail-sampling',
      namespace,
      annotations: { [ANNOTATION_TAIL_SAMPLING]: 'the collector decides' },
    },
    spec: {
      ...(matchLabels ? { selector: { matchLabels } } : {}),
      tracing: [{ randomSamplingPercentage: 100 }],
    },
  });
}
