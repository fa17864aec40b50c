import { parseYaml } from '../../yaml';
import { checkTelemetry } from '../configuration/checkTelemetry';
import type { Telemetry } from '../../tracing';
import {
  tailSamplingPolicy,
  USUAL_TRACES,
  USUAL_WAIT_MS,
} from './tailSamplingPolicy';

const namespace = 'shop';

describe('a tail-sampling policy', () => {
  it('keeps failed and slow traces, and some of the rest', () => {
    const { collectorYaml } = tailSamplingPolicy({
      namespace,
      requestsPerSecond: 200,
      slowMs: 1234.4,
    });

    expect(parseYaml(collectorYaml)).toMatchObject({
      processors: {
        tail_sampling: {
          policies: [
            { type: 'status_code', status_code: { status_codes: ['ERROR'] } },
            { type: 'latency', latency: { threshold_ms: 1234 } },
            {
              type: 'probabilistic',
              // 60 traces a minute of 200 requests a second.
              probabilistic: { sampling_percentage: 0.5 },
            },
          ],
        },
      },
      service: {
        pipelines: { traces: { processors: ['tail_sampling', 'batch'] } },
      },
    });
  });

  it('waits for the longest trace twice, and holds what begins meanwhile twice', () => {
    const policy = tailSamplingPolicy({
      namespace,
      requestsPerSecond: 2_000,
      longestTraceMs: 19_200,
    });

    expect(policy.decisionWaitMs).toBe(39_000);
    expect(policy.numTraces).toBe(2_000 * 2 * 39);
  });

  it('takes what is usual where nothing is known', () => {
    expect(tailSamplingPolicy({ namespace })).toMatchObject({
      decisionWaitMs: USUAL_WAIT_MS,
      numTraces: USUAL_TRACES,
      baselinePercent: 1,
    });
  });

  it('does not wait for ever', () => {
    const longestTraceMs = 3_600_000;

    expect(
      tailSamplingPolicy({ namespace, longestTraceMs }).decisionWaitMs,
    ).toBe(120_000);
  });

  it('has all spans of a trace sent to one collector', () => {
    expect(
      parseYaml(tailSamplingPolicy({ namespace }).loadBalancerYaml),
    ).toMatchObject({
      exporters: { loadbalancing: { routing_key: 'traceID' } },
    });
  });

  it('comes with the Telemetry that it needs, which is no finding then', () => {
    const { telemetryYaml, telemetryPercent } = tailSamplingPolicy({
      namespace,
      matchLabels: { app: 'cart' },
    });
    const telemetry = parseYaml(telemetryYaml) as Telemetry;

    expect(telemetry).toMatchObject({
      metadata: { namespace },
      spec: {
        selector: { matchLabels: { app: 'cart' } },
        tracing: [{ randomSamplingPercentage: telemetryPercent }],
      },
    });
    expect(
      checkTelemetry(telemetry, { cluster: 'main', nowMs: Date.now() }),
    ).toBeUndefined();
  });
});
