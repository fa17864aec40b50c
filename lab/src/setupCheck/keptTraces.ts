import { tailSamplingPolicy } from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { program, programBinary } from '../build/programs';
import type { CheckList } from '../checks/CheckList';
import { waitUntil } from '../lifecycle/componentProcess';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { ChildProgram } from '../metricsCheck/programs/ChildProgram';
import { freePorts } from '../metricsCheck/programs/freePorts';
import { httpGet } from '../process/httpGet';
import type { MadeSpan } from '../traffic/otlp/MadeSpan';
import { sendOtlp } from './sendRenamed';

const SERVICE = 'tail-sampled';
const TRACES = 2_000;
/** One in a hundred fails, and one in a hundred is slow. */
const RARE = 100;
const SLOW_MS = 500;
/** Of the rest, percent; the policy's own for this rate. */
const REQUESTS_PER_SECOND = 100;
/** What the policy waits is too long for a check. */
const WAIT = '2s';
const TIMEOUT_MS = 30_000;

/** Sends traces through a collector with the generated policy, and counts what is kept. */
export async function checkKeptTraces(
  checks: CheckList,
  folder: string,
  { endpoints, signal }: { endpoints: LabEndpoints; signal: AbortSignal },
): Promise<void> {
  const policy = tailSamplingPolicy({
    namespace: 'shop',
    requestsPerSecond: REQUESTS_PER_SECOND,
    slowMs: SLOW_MS,
  });
  const { url, collector } = await startCollector(
    folder,
    policy.collectorYaml,
    {
      endpoints,
      signal,
    },
  );
  const traces = Array.from({ length: TRACES }, (_, i) => madeTrace(i));
  try {
    await checks.check('tail sampling keeps every failed trace', async () => {
      for (let from = 0; from < TRACES; from += 200) {
        await sendOtlp(url, traces.slice(from, from + 200));
      }
      const wanted = idsOf(traces, ({ failed }) => failed);
      let kept = new Set<string>();
      await waitUntil(
        'the failed traces',
        async () => {
          kept = await keptIds(endpoints);
          return wanted.every(id => kept.has(id));
        },
        undefined,
        TIMEOUT_MS,
      );
      return `${wanted.length} of ${wanted.length} failed`;
    });
    await checks.check('and every slow one, and some of the rest', async () => {
      const kept = await keptIds(endpoints);
      const slow = idsOf(traces, isSlow);
      const rest = idsOf(traces, span => !span.failed && !isSlow(span));
      const keptOf = (ids: string[]) => ids.filter(id => kept.has(id)).length;
      assert.equal(keptOf(slow), slow.length);
      const share = (100 * keptOf(rest)) / rest.length;
      // Of 1,960 traces, five standard deviations around one percent.
      assert.ok(
        share <= policy.baselinePercent + 1.2,
        `${share} % of the rest`,
      );
      return `${slow.length} slow, ${share.toFixed(1)} % of the rest at ${
        policy.baselinePercent
      } %`;
    });
  } finally {
    await collector.stop();
  }
}

async function startCollector(
  folder: string,
  collectorYaml: string,
  { endpoints, signal }: { endpoints: LabEndpoints; signal: AbortSignal },
): Promise<{ url: string; collector: ChildProgram }> {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const file = join(folder, 'kept.yaml');
  writeFileSync(file, forThisMachine(collectorYaml, port, endpoints));
  const collector = await ChildProgram.start(
    {
      name: 'the collector',
      command: programBinary(program('collector')),
      args: [`--config=${file}`],
      // A GET of this path is no request of OTLP, and refused once it listens.
      readyUrl: `${url}/v1/traces`,
      readyStatus: 405,
    },
    signal,
  );
  return { url, collector };
}

/** The generated policy, with ports and addresses of this machine. */
function forThisMachine(
  collectorYaml: string,
  port: number,
  { otlpGrpc }: LabEndpoints,
): string {
  const config = parse(collectorYaml);
  config.receivers.otlp.protocols = {
    http: { endpoint: `127.0.0.1:${port}` },
  };
  config.processors.tail_sampling.decision_wait = WAIT;
  config.exporters.otlp.endpoint = otlpGrpc.replace(/^\w+:\/\//, '');
  config.service.telemetry = { metrics: { level: 'none' } };
  return stringify(config);
}

function madeTrace(i: number): MadeSpan {
  return {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    service: SERVICE,
    operation: 'GET /',
    kind: 'server',
    startUs: (Date.now() - 1_000) * 1_000 + i,
    durationUs: i % RARE === 1 ? 2 * SLOW_MS * 1_000 : 3_000,
    failed: i % RARE === 0,
    attributes: {},
  };
}

function isSlow({ durationUs }: MadeSpan): boolean {
  return durationUs > SLOW_MS * 1_000;
}

function idsOf(
  traces: MadeSpan[],
  matches: (span: MadeSpan) => boolean,
): string[] {
  return traces.filter(matches).map(({ traceId }) => traceId);
}

async function keptIds({ jaegerQuery }: LabEndpoints): Promise<Set<string>> {
  const { body } = await httpGet(
    `${jaegerQuery}/api/traces?service=${SERVICE}&limit=${TRACES}&lookback=1h`,
  );
  const { data } = JSON.parse(body) as { data: Array<{ traceID: string }> };
  return new Set(data.map(({ traceID }) => traceID.padStart(32, '0')));
}
