import type { LabLayout } from '../../layout/LabLayout';
import { PORTS } from '../../layout/LabLayout';
import type { ComponentSpec } from '../ComponentSpec';
import { hasStorage, storageUrls } from '../openSearch';
import { prometheusUrl } from '../prometheus/prometheus';
import { jaegerQueryUrl } from './jaeger';
import {
  countingPipelines,
  endpoint,
  healthExtension,
  jaegerProcess,
  otlpReceiver,
  ownTelemetry,
  queryExtension,
} from './jaegerParts';

/** Begins the names of all indices, so that a cluster can hold those of others. */
export const INDEX_PREFIX = 'mesh';

/** How often a collector publishes what it counted of the spans. */
const COUNTED_EVERY = '2s';

/** Where the collectors take spans over HTTP. */
export function collectorUrls(layout: LabLayout): string[] {
  return layout.collectorAddresses.map(
    address => `http://${address}:${PORTS.otlpHttp}`,
  );
}

/** The cluster as both kinds of process must describe it, or they miss each other. */
function storage(layout: LabLayout, createMappings: boolean): object {
  const single = { shards: 1, replicas: 1 };
  return {
    opensearch: {
      server_urls: storageUrls(layout),
      create_mappings: createMappings,
      indices: {
        index_prefix: INDEX_PREFIX,
        spans: { shards: 3, replicas: 1 },
        services: single,
        dependencies: single,
        sampling: single,
      },
    },
  };
}

/**
 * A collector: spans into OpenSearch, and counted on their way. The storage's own
 * writer makes batches of them.
 */
export function collectorConfig(layout: LabLayout, host: string): object {
  return {
    service: {
      extensions: ['jaeger_storage', 'healthcheckv2'],
      pipelines: countingPipelines,
      telemetry: ownTelemetry(host),
    },
    extensions: {
      jaeger_storage: { backends: { traces: storage(layout, true) } },
      healthcheckv2: healthExtension(host),
    },
    receivers: { otlp: otlpReceiver(host) },
    // Classic buckets: of native histograms this exporter publishes nothing.
    connectors: { spanmetrics: { metrics_flush_interval: COUNTED_EVERY } },
    exporters: {
      jaeger_storage_exporter: { trace_storage: 'traces' },
      prometheus: endpoint(host, PORTS.spanMetrics),
    },
  };
}

/** The query service: reads traces from OpenSearch and metrics from Prometheus. */
export function queryConfig(layout: LabLayout): object {
  const host = layout.jaegerAddress;
  return {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      // There must be one, and it has nothing to do here.
      pipelines: { traces: { receivers: ['nop'], exporters: ['nop'] } },
      telemetry: ownTelemetry(host),
    },
    extensions: {
      jaeger_storage: {
        backends: { traces: storage(layout, false) },
        metric_backends: {
          metrics: {
            prometheus: {
              endpoint: prometheusUrl(layout),
              // As the collectors' exporter names them; the reader asks for
              // names that nobody writes otherwise, and finds nothing.
              normalize_calls: true,
              normalize_duration: true,
            },
          },
        },
      },
      jaeger_query: queryExtension(host, { metrics: 'metrics' }),
      healthcheckv2: healthExtension(host),
    },
    receivers: { nop: {} },
    exporters: { nop: {} },
  };
}

/** One of the collectors, counted from 1. */
export function jaegerCollector(
  layout: LabLayout,
  binary: string,
  stateFolder: string,
  nth: number,
): ComponentSpec {
  const host = layout.collectorAddresses[nth - 1] ?? '';
  return jaegerProcess({
    name: `jaeger-collector-${nth}`,
    binary,
    stateFolder,
    host,
    address: `http://${host}:${PORTS.otlpHttp}`,
    config: collectorConfig(layout, host),
    needs: () => hasStorage(layout),
  });
}

/** The query service of the production profile. */
export function jaegerQuery(
  layout: LabLayout,
  binary: string,
  stateFolder: string,
): ComponentSpec {
  return jaegerProcess({
    name: 'jaeger-query',
    binary,
    stateFolder,
    host: layout.jaegerAddress,
    address: jaegerQueryUrl(layout),
    config: queryConfig(layout),
    needs: () => hasStorage(layout),
  });
}
