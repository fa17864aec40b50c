import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { PORTS } from '../../layout/LabLayout';
import { httpGet } from '../../process/httpGet';
import type { ComponentSpec, LabComponentName } from '../ComponentSpec';

/** Where a part of Jaeger listens. */
export function endpoint(host: string, port: number): { endpoint: string } {
  return { endpoint: `${host}:${port}` };
}

/** A receiver of spans, as proxies and applications send them. */
export function otlpReceiver(host: string): object {
  return {
    protocols: {
      grpc: endpoint(host, PORTS.otlpGrpc),
      http: endpoint(host, PORTS.otlpHttp),
    },
  };
}

/** What answers searches, reading from the storage named `traces`. */
export function queryExtension(
  host: string,
  storage: Record<string, string> = {},
): object {
  return {
    storage: { traces: 'traces', ...storage },
    http: endpoint(host, PORTS.jaegerQuery),
    grpc: endpoint(host, PORTS.jaegerQueryGrpc),
    // By default it sends spans of its own work to localhost:4317, whoever
    // listens there, and waits ten seconds at its end when nobody does.
    enable_tracing: false,
  };
}

/** Says when this process can be used. */
export function healthExtension(host: string): object {
  return { use_v2: true, http: endpoint(host, PORTS.jaegerHealth) };
}

/** What Jaeger tells about itself, for Prometheus. */
export function ownTelemetry(host: string): object {
  const prometheus = { host, port: PORTS.jaegerMetrics };
  return {
    metrics: {
      level: 'normal',
      readers: [{ pull: { exporter: { prometheus } } }],
    },
    logs: { level: 'warn' },
  };
}

/** One Jaeger process; its configuration is written anew. */
export function jaegerProcess(options: {
  name: LabComponentName;
  binary: string;
  stateFolder: string;
  host: string;
  address: string;
  config: object;
  needs?: () => Promise<boolean>;
}): ComponentSpec {
  const { name, binary, stateFolder, host, address, config, needs } = options;
  const folder = join(stateFolder, 'config');
  const file = join(folder, `${name}.yaml`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, stringify(config));
  const health = `http://${host}:${PORTS.jaegerHealth}/status`;
  return {
    name,
    command: binary,
    args: ['--config', `file:${file}`],
    env: {},
    address,
    ...(needs && { needs }),
    ready: async () => (await httpGet(health)).status === 200,
  };
}

/** Spans go into the storage, and are counted on their way. */
export const countingPipelines = {
  traces: {
    receivers: ['otlp'],
    exporters: ['jaeger_storage_exporter', 'spanmetrics'],
  },
  'metrics/spans': { receivers: ['spanmetrics'], exporters: ['prometheus'] },
};
