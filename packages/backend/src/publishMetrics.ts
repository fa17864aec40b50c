import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

const DEFAULT_HOST = 'localhost';
const DEFAULT_PORT = 9464;

/**
 * Publishes the backend's metrics for Prometheus where OpenTelemetry's variables ask
 * for it: `OTEL_METRICS_EXPORTER=prometheus`, with `OTEL_EXPORTER_PROMETHEUS_HOST`
 * (localhost) and `OTEL_EXPORTER_PROMETHEUS_PORT` (9464) for where to listen.
 *
 * Instruments made earlier stay silent, so that it comes before the backend.
 *
 * @returns what was started, to be shut down; undefined if nothing was
 */
export function publishMetrics(
  env: NodeJS.ProcessEnv,
): MeterProvider | undefined {
  if (env.OTEL_METRICS_EXPORTER !== 'prometheus') return undefined;
  const exporter = new PrometheusExporter({
    host: env.OTEL_EXPORTER_PROMETHEUS_HOST ?? DEFAULT_HOST,
    port: Number(env.OTEL_EXPORTER_PROMETHEUS_PORT ?? DEFAULT_PORT),
  });
  const provider = new MeterProvider({ readers: [exporter] });
  metrics.setGlobalMeterProvider(provider);
  return provider;
}
