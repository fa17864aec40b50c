import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CheckList } from '../checks/CheckList';
import { backfill } from './history/backfill';
import { knownRequests } from './history/knownRequests';
import { INTERVAL_S } from './history/RequestGroup';
import { checkHistory } from './historyChecks';
import {
  checkJaegerMetrics,
  checkLostPrometheus,
  checkNativeHistograms,
  type LiveEngines,
} from './liveChecks';
import { NativeExporter } from './live/NativeExporter';
import { sendSpans } from './live/sendSpans';
import { freePorts } from './programs/freePorts';
import { startJaeger } from './programs/jaeger';
import { startPrometheus } from './programs/prometheus';

const TRACES_A_ROUND = 10;
const ROUND_MS = 1_000;
/** Of requests, before anything live is asked: enough for a rate. */
const ROUNDS = 20;

/** How a check of the figures of all requests runs. */
export interface MetricsCheckOptions {
  signal: AbortSignal;
  print: (line: string) => void;
}

/** Ends what was started, the last first. */
type Ends = Array<() => Promise<void>>;

async function checkKnownHistory(
  checks: CheckList,
  folder: string,
  { signal, ends }: { signal: AbortSignal; ends: Ends },
): Promise<void> {
  const endS = Math.floor(Date.now() / 1_000 / INTERVAL_S) * INTERVAL_S - 60;
  let url = '';
  const isThere = await checks.check(
    'Prometheus takes an hour of history',
    async () => {
      backfill(folder, knownRequests(endS));
      const prometheus = await startPrometheus(
        { folder, targets: [], nativeHistograms: false },
        signal,
      );
      ends.push(prometheus.stop);
      url = prometheus.url;
    },
  );
  if (isThere) {
    await checkHistory(checks, {
      url,
      startTimeMs: (endS - 3_600) * 1_000,
      endTimeMs: endS * 1_000,
    });
  }
}

async function startEngines(
  folder: string,
  { signal, ends }: { signal: AbortSignal; ends: Ends },
): Promise<LiveEngines & { stopPrometheus: () => Promise<void> }> {
  const exporter = await NativeExporter.start();
  ends.push(() => exporter.stop());
  const startedAtMs = Date.now();
  const [metricsPort = 0, unusedPort = 0] = await freePorts(2);
  const prometheus = await startPrometheus(
    {
      folder: join(folder, 'prometheus'),
      targets: [exporter.target, `127.0.0.1:${metricsPort}`],
      nativeHistograms: true,
    },
    signal,
  );
  ends.push(prometheus.stop);
  const jaegerWith = async (
    name: string,
    port: number,
    normalizesNames: boolean,
  ) => {
    const jaeger = await startJaeger(
      {
        folder: join(folder, name),
        prometheusUrl: prometheus.url,
        metricsPort: port,
        normalizesNames,
      },
      signal,
    );
    ends.push(jaeger.stop);
    return jaeger;
  };
  return {
    prometheusUrl: prometheus.url,
    jaeger: await jaegerWith('jaeger', metricsPort, true),
    misnamed: await jaegerWith('misnamed', unusedPort, false),
    startedAtMs,
    stopPrometheus: prometheus.stop,
  };
}

async function checkLive(
  checks: CheckList,
  folder: string,
  { signal, ends }: { signal: AbortSignal; ends: Ends },
): Promise<void> {
  let engines: Awaited<ReturnType<typeof startEngines>> | undefined;
  await checks.check(
    'Prometheus reads native histograms, and what Jaeger counts',
    async () => {
      engines = await startEngines(folder, { signal, ends });
      for (let round = 0; round < ROUNDS; round++) {
        const first = round * TRACES_A_ROUND;
        await sendSpans(engines.jaeger.otlpUrl, first, TRACES_A_ROUND);
        await delay(ROUND_MS, undefined, { signal });
      }
    },
  );
  if (engines) {
    await checkNativeHistograms(checks, engines);
    await checkJaegerMetrics(checks, engines);
    await engines.stopPrometheus();
    await checkLostPrometheus(checks, engines);
  }
}

/**
 * Asks a real Prometheus and a real Jaeger, through the product's trace store, about
 * requests of which everything is known.
 *
 * @returns true when every check passed
 */
export async function runMetricsCheck({
  signal,
  print,
}: MetricsCheckOptions): Promise<boolean> {
  const checks = CheckList.create(print);
  const folder = mkdtempSync(join(tmpdir(), 'mesh-tracing-metrics-'));
  const ends: Ends = [];
  try {
    await checkKnownHistory(checks, join(folder, 'history'), { signal, ends });
    await checkLive(checks, join(folder, 'live'), { signal, ends });
  } finally {
    for (const end of ends.reverse()) {
      await end();
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return checks.finish();
}
