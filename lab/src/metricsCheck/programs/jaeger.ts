import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { program, programBinary } from '../../build/programs';
import { countingPipelines } from '../../components/jaeger/jaegerParts';
import { ChildProgram } from './ChildProgram';
import { freePorts } from './freePorts';

/** A Jaeger of the check's own, with span metrics. */
export interface RunningJaeger {
  queryUrl: string;
  otlpUrl: string;
  stop(): Promise<void>;
}

/** Where a Jaeger puts its span metrics, and reads them. */
export interface JaegerSetup {
  folder: string;
  prometheusUrl: string;
  /** Port of loopback on which it exports what it counted of spans. */
  metricsPort: number;
  /**
   * Whether it asks for the names that its exporter writes, with unit and `_total`;
   * its own default is false, and finds nothing.
   */
  normalizesNames: boolean;
}

function configOf(
  setup: JaegerSetup,
  at: { query: number; grpc: number; health: number; otlp: number },
): object {
  const endpoint = (port: number) => ({ endpoint: `127.0.0.1:${port}` });
  const { normalizesNames } = setup;
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: countingPipelines,
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
    },
    extensions: {
      jaeger_storage: {
        backends: { memory: { memory: { max_traces: 20_000 } } },
        metric_backends: {
          metrics: {
            prometheus: {
              endpoint: setup.prometheusUrl,
              normalize_calls: normalizesNames,
              normalize_duration: normalizesNames,
            },
          },
        },
      },
      jaeger_query: {
        storage: { traces: 'memory', metrics: 'metrics' },
        http: endpoint(at.query),
        grpc: endpoint(at.grpc),
        enable_tracing: false,
      },
      healthcheckv2: { use_v2: true, http: endpoint(at.health) },
    },
    receivers: { otlp: { protocols: { http: endpoint(at.otlp) } } },
    connectors: { spanmetrics: { metrics_flush_interval: '1s' } },
    exporters: {
      jaeger_storage_exporter: { trace_storage: 'memory' },
      prometheus: endpoint(setup.metricsPort),
    },
  };
}

/** Starts the lab's Jaeger on free ports of loopback. */
export async function startJaeger(
  setup: JaegerSetup,
  signal: AbortSignal,
): Promise<RunningJaeger> {
  const [query = 0, grpc = 0, health = 0, otlp = 0] = await freePorts(4);
  mkdirSync(setup.folder, { recursive: true });
  const file = join(setup.folder, 'jaeger.yaml');
  writeFileSync(
    file,
    stringify(configOf(setup, { query, grpc, health, otlp })),
  );
  const running = await ChildProgram.start(
    {
      name: 'Jaeger',
      command: programBinary(program('jaeger')),
      args: ['--config', `file:${file}`],
      readyUrl: `http://127.0.0.1:${health}/status`,
    },
    signal,
  );
  return {
    queryUrl: `http://127.0.0.1:${query}`,
    otlpUrl: `http://127.0.0.1:${otlp}`,
    stop: () => running.stop(),
  };
}
