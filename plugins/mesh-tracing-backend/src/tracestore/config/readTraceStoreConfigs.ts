import type { Config } from '@backstage/config';
import {
  readAuth,
  readOneOf,
  readOptionalUrl,
  readTimeout,
  readTls,
  readUrl,
  readWhole,
  required,
  withoutUndefined,
  wrong,
} from './configValues';
import type { JaegerStoreConfig } from './JaegerStoreConfig';
import { readPrometheusConfig } from './readPrometheusConfig';
import { plainTextRefusal } from '../../shared/plainText';
import { storePlainText } from './storePlainText';

const KEY = 'meshTracing.traceStores';
const DIALECTS = ['auto', 'summaries', 'v3', 'legacy'] as const;
const LATENCY_UNITS = ['ms', 's'] as const;

/**
 * Reads `meshTracing.traceStores`. Empty when there is none.
 *
 * @throws InputError with the path in the configuration and what to write
 *   instead
 */
export function readTraceStoreConfigs(config: Config): JaegerStoreConfig[] {
  const entries = config.getOptionalConfigArray(KEY) ?? [];
  const stores = entries.map((entry, index) =>
    readStore(entry, `${KEY}[${index}]`),
  );
  const names = new Set<string>();
  stores.forEach(({ name }, index) => {
    if (names.has(name)) {
      throw wrong(
        `${KEY}[${index}].name`,
        `'${name}' is taken by another trace store; give each its own name`,
      );
    }
    names.add(name);
  });
  stores.forEach((store, index) => refusePlainText(store, `${KEY}[${index}]`));
  return stores;
}

function refusePlainText(store: JaegerStoreConfig, path: string): void {
  const found = storePlainText(store).find(({ allowed }) => !allowed);
  if (found) {
    throw wrong(`${path}.${found.part}.url`, plainTextRefusal(found.sends));
  }
}

function readStore(entry: Config, path: string): JaegerStoreConfig {
  const name = required(entry, path, 'name', 'give the trace store a name');
  const jaeger = entry.getOptionalConfig('jaeger');
  if (!jaeger) {
    throw wrong(`${path}.jaeger`, 'is missing; a trace store is a Jaeger');
  }
  const at = `${path}.jaeger`;
  return withoutUndefined({
    name,
    url: readUrl(
      required(jaeger, at, 'url', 'such as http://jaeger:16686'),
      at,
    ),
    externalUrl: readOptionalUrl(jaeger, at, 'externalUrl'),
    basePath: jaeger.getOptionalString('basePath'),
    auth: readAuth(jaeger.getOptionalConfig('auth'), `${at}.auth`),
    tenant: readTenant(jaeger.getOptionalConfig('tenant'), `${at}.tenant`),
    headers: jaeger.getOptional<Record<string, string>>('headers'),
    allowPlainText: jaeger.getOptionalBoolean('allowPlainText'),
    tls: readTls(jaeger.getOptionalConfig('tls'), `${at}.tls`),
    timeoutMs: readTimeout(jaeger, at),
    concurrency: readWhole(jaeger, at, 'concurrency', 1, 100),
    maxBodyBytes: readWhole(jaeger, at, 'maxBodyBytes', 1024, 2 ** 31),
    maxTraceSpans: readWhole(jaeger, at, 'maxTraceSpans', 100, 1_000_000),
    latencyUnit: readOneOf(jaeger, at, 'latencyUnit', LATENCY_UNITS),
    dialect: readOneOf(jaeger, at, 'dialect', DIALECTS),
    prometheus: readPrometheusConfig(
      entry.getOptionalConfig('prometheus'),
      `${path}.prometheus`,
    ),
  });
}

function readTenant(tenant: Config | undefined, path: string) {
  return (
    tenant &&
    withoutUndefined({
      header: tenant.getOptionalString('header'),
      value: required(tenant, path, 'value', 'name the tenant'),
    })
  );
}
