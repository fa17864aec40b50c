import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { PORTS, type LabLayout } from '../layout/LabLayout';
import { httpGet } from '../process/httpGet';
import type { ComponentSpec } from './ComponentSpec';

/** Some 20 KiB each with nine spans: at most about 400 MiB. */
const MAX_TRACES = 20_000;

/** The address of Jaeger's query API and UI. */
export function jaegerQueryUrl(layout: LabLayout): string {
  return `http://${layout.jaegerAddress}:${PORTS.jaegerQuery}`;
}

/** Jaeger's configuration: OTLP straight into memory, query on top. */
export function jaegerConfig(layout: LabLayout): object {
  const at = (port: number) => ({
    endpoint: `${layout.jaegerAddress}:${port}`,
  });
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: {
        traces: {
          receivers: ['otlp'],
          exporters: ['jaeger_storage_exporter'],
        },
      },
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
    },
    extensions: {
      jaeger_storage: {
        backends: { memory: { memory: { max_traces: MAX_TRACES } } },
      },
      jaeger_query: {
        storage: { traces: 'memory' },
        http: at(PORTS.jaegerQuery),
        grpc: at(PORTS.jaegerQueryGrpc),
      },
      healthcheckv2: { use_v2: true, http: at(PORTS.jaegerHealth) },
    },
    receivers: {
      otlp: {
        protocols: { grpc: at(PORTS.otlpGrpc), http: at(PORTS.otlpHttp) },
      },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  };
}

/** Jaeger with memory storage. */
export function jaeger(
  layout: LabLayout,
  binary: string,
  stateFolder: string,
): ComponentSpec {
  const file = join(stateFolder, 'config', 'jaeger.yaml');
  mkdirSync(join(stateFolder, 'config'), { recursive: true });
  writeFileSync(file, stringify(jaegerConfig(layout)));
  const health = `http://${layout.jaegerAddress}:${PORTS.jaegerHealth}/status`;
  return {
    name: 'jaeger',
    command: binary,
    args: ['--config', `file:${file}`],
    env: {},
    address: jaegerQueryUrl(layout),
    ready: async () => (await httpGet(health)).status === 200,
  };
}
