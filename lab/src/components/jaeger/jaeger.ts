import { join } from 'node:path';
import { PORTS, type LabLayout } from '../../layout/LabLayout';
import type { ComponentSpec } from '../ComponentSpec';
import {
  endpoint,
  healthExtension,
  jaegerProcess,
  otlpReceiver,
  queryExtension,
} from './jaegerParts';

/** Some 20 KiB each with nine spans: at most about 400 MiB. */
const MAX_TRACES = 20_000;

/** How long Badger keeps spans unless told; Jaeger's own default. */
const KEPT = '48h';

/** The address of Jaeger's query API and UI. */
export function jaegerQueryUrl(layout: LabLayout): string {
  return `http://${layout.jaegerAddress}:${PORTS.jaegerQuery}`;
}

/** Where one Jaeger keeps its traces: a folder makes them outlive it. */
export interface JaegerStorage {
  folder?: string;
  /** Go's notation of a duration, such as `15s`; for a folder only. */
  keptFor?: string;
}

function backend({ folder, keptFor = KEPT }: JaegerStorage): object {
  return folder
    ? {
        badger: {
          // Its folder is a temporary one otherwise, and goes with the process.
          ephemeral: false,
          directories: {
            keys: join(folder, 'keys'),
            values: join(folder, 'values'),
          },
          ttl: { spans: keptFor },
          // Written by the kernel soon enough: only the machine's end loses.
          consistency: false,
        },
      }
    : { memory: { max_traces: MAX_TRACES } };
}

/** Jaeger's configuration: OTLP and Zipkin straight into the storage, query on top. */
export function jaegerConfig(
  layout: LabLayout,
  storage: JaegerStorage = {},
): object {
  const host = layout.jaegerAddress;
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: {
        traces: {
          receivers: ['otlp', 'zipkin'],
          exporters: ['jaeger_storage_exporter'],
        },
      },
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
    },
    extensions: {
      jaeger_storage: { backends: { traces: backend(storage) } },
      jaeger_query: queryExtension(host),
      healthcheckv2: healthExtension(host),
    },
    receivers: {
      otlp: otlpReceiver(host),
      zipkin: endpoint(host, PORTS.zipkin),
    },
    exporters: { jaeger_storage_exporter: { trace_storage: 'traces' } },
  };
}

/** Jaeger as one process, by default as the lab's profile has it. */
export function jaeger(
  layout: LabLayout,
  binary: string,
  stateFolder: string,
  storage: JaegerStorage = layout.profile === 'badger'
    ? { folder: join(stateFolder, 'badger') }
    : {},
): ComponentSpec {
  return jaegerProcess({
    name: 'jaeger',
    binary,
    stateFolder,
    host: layout.jaegerAddress,
    address: jaegerQueryUrl(layout),
    config: jaegerConfig(layout, storage),
  });
}
