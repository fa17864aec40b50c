import type { Config } from '@backstage/config';
import type { MetricsLabels } from 'backstage-plugin-mesh-tracing-common';
import {
  readAuth,
  readOneOf,
  readTimeout,
  readTls,
  readUrl,
  required,
  withoutUndefined,
  wrong,
} from './configValues';
import type {
  PrometheusConfig,
  PrometheusConnectionConfig,
} from './PrometheusConfig';

const LATENCY_UNITS = ['ms', 's'] as const;
const METRICS = ['istio', 'spanmetrics'] as const;

/** Labels that each kind of metrics has a use for. */
const LABELS = {
  istio: [
    'workload',
    'namespace',
    'reporter',
    'responseCode',
    'operation',
    'proxyNamespace',
    'proxyPod',
  ],
  spanmetrics: [
    'service',
    'operation',
    'spanKind',
    'status',
    'proxyNamespace',
    'proxyPod',
  ],
} as const satisfies Record<
  PrometheusConfig['metrics'],
  Array<keyof MetricsLabels>
>;

/** Prometheus' data model. */
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Reads `prometheus` of a trace store; undefined when there is none.
 *
 * @param path - of the section in the configuration
 * @throws InputError with the path in the configuration and what to write
 *   instead
 */
export function readPrometheusConfig(
  config: Config | undefined,
  path: string,
): PrometheusConfig | undefined {
  if (!config) {
    return undefined;
  }
  const metrics = readOneOf(config, path, 'metrics', METRICS);
  if (!metrics) {
    throw wrong(
      `${path}.metrics`,
      `is missing; use one of ${METRICS.join(', ')}`,
    );
  }
  return withoutUndefined({
    ...readPrometheusConnection(config, path),
    metrics,
    prefix: readName(config, path, 'prefix'),
    counter: readName(config, path, 'counter'),
    histogram: readHistogram(config, path),
    labels: readLabels(
      config.getOptionalConfig('labels'),
      `${path}.labels`,
      metrics,
    ),
    latencyUnit: readOneOf(config, path, 'latencyUnit', LATENCY_UNITS),
  });
}

/**
 * Reads how a Prometheus is reached, and which of its series are meant.
 *
 * @param path - of the section in the configuration
 * @throws InputError as {@link readPrometheusConfig}
 */
export function readPrometheusConnection(
  config: Config,
  path: string,
): PrometheusConnectionConfig {
  return withoutUndefined({
    url: readUrl(
      required(config, path, 'url', 'such as http://prometheus:9090'),
      path,
    ),
    auth: readAuth(config.getOptionalConfig('auth'), `${path}.auth`),
    headers: config.getOptional<Record<string, string>>('headers'),
    allowPlainText: config.getOptionalBoolean('allowPlainText'),
    tls: readTls(config.getOptionalConfig('tls'), `${path}.tls`),
    selector: readSelector(config, path),
    timeoutMs: readTimeout(config, path),
  });
}

function readName(
  config: Config,
  path: string,
  key: 'prefix' | 'counter' | 'histogram',
): string | undefined {
  const name = config.getOptionalString(key);
  if (name !== undefined && !METRIC_NAME.test(name)) {
    throw wrong(
      `${path}.${key}`,
      key === 'prefix'
        ? 'is not the beginning of a metric name'
        : 'is not a metric name',
    );
  }
  return name;
}

function readHistogram(config: Config, path: string): string | undefined {
  const name = readName(config, path, 'histogram');
  if (name?.endsWith('_bucket')) {
    throw wrong(`${path}.histogram`, 'is a series of it; leave _bucket out');
  }
  return name;
}

function readLabels(
  config: Config | undefined,
  path: string,
  metrics: PrometheusConfig['metrics'],
): MetricsLabels | undefined {
  if (!config) {
    return undefined;
  }
  const used: readonly string[] = LABELS[metrics];
  const labels: Record<string, string> = {};
  for (const key of [...LABELS.istio, ...LABELS.spanmetrics]) {
    const label = config.getOptionalString(key);
    if (label !== undefined) {
      if (!used.includes(key)) {
        throw wrong(
          `${path}.${key}`,
          `has no meaning with metrics: ${metrics}; use ${used.join(', ')}`,
        );
      }
      labels[key] = labelName(label, `${path}.${key}`);
    }
  }
  return labels;
}

function readSelector(
  config: Config,
  path: string,
): Record<string, string> | undefined {
  const selector = config.getOptional<Record<string, string>>('selector');
  Object.entries(selector ?? {}).forEach(([label, value]) => {
    labelName(label, `${path}.selector`);
    if (typeof value !== 'string') {
      throw wrong(`${path}.selector.${label}`, 'is not a text');
    }
  });
  return selector;
}

/** @throws InputError for what is no name of a label */
export function labelName(label: string, path: string): string {
  if (!LABEL_NAME.test(label)) {
    throw wrong(path, `has '${label}', which is not the name of a label`);
  }
  return label;
}
