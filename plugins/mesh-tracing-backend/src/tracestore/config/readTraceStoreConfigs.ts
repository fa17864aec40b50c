import { readFileSync } from 'node:fs';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError, isError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import type { JaegerStoreConfig } from './JaegerStoreConfig';
import type { StoreAuth } from './StoreAuth';
import type { PrometheusConfig } from './PrometheusConfig';
import { plainTextRefusal } from '../../shared/plainText';
import { storePlainText } from './storePlainText';

const KEY = 'meshTracing.traceStores';
const DIALECTS = ['auto', 'summaries', 'v3', 'legacy'] as const;
const LATENCY_UNITS = ['ms', 's'] as const;
const METRICS = ['istio', 'spanmetrics'] as const;

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
    prometheus: readPrometheus(
      entry.getOptionalConfig('prometheus'),
      `${path}.prometheus`,
    ),
  });
}

function readPrometheus(
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
    url: readUrl(
      required(config, path, 'url', 'such as http://prometheus:9090'),
      path,
    ),
    auth: readAuth(config.getOptionalConfig('auth'), `${path}.auth`),
    headers: config.getOptional<Record<string, string>>('headers'),
    allowPlainText: config.getOptionalBoolean('allowPlainText'),
    tls: readTls(config.getOptionalConfig('tls'), `${path}.tls`),
    metrics,
    prefix: readPrefix(config, path),
    latencyUnit: readOneOf(config, path, 'latencyUnit', LATENCY_UNITS),
    timeoutMs: readTimeout(config, path),
  });
}

function readPrefix(config: Config, path: string): string | undefined {
  const prefix = config.getOptionalString('prefix');
  if (prefix !== undefined && !/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(prefix)) {
    throw wrong(`${path}.prefix`, 'is not the beginning of a metric name');
  }
  return prefix;
}

function readAuth(
  auth: Config | undefined,
  path: string,
): StoreAuth | undefined {
  switch (auth?.getOptionalString('type')) {
    case undefined:
      if (auth) {
        throw wrong(`${path}.type`, 'is missing; use none, bearer or basic');
      }
      return undefined;
    case 'none':
      return { type: 'none' };
    case 'bearer':
      return {
        type: 'bearer',
        token: required(auth, path, 'token', 'bearer needs it'),
      };
    case 'basic':
      return {
        type: 'basic',
        username: required(auth, path, 'username', 'basic needs it'),
        password: required(auth, path, 'password', 'basic needs it'),
      };
    default:
      throw wrong(`${path}.type`, 'is unknown; use none, bearer or basic');
  }
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

function readTls(tls: Config | undefined, path: string) {
  const caFile = tls?.getOptionalString('caFile');
  return (
    tls &&
    withoutUndefined({
      ca: caFile === undefined ? undefined : readPem(caFile, `${path}.caFile`),
      insecureSkipVerify: tls.getOptionalBoolean('insecureSkipVerify'),
    })
  );
}

function readPem(file: string, path: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = isError(error) ? error.code : undefined;
    throw wrong(
      path,
      `can not be read (${
        code ?? 'unknown error'
      }); name a file with a certificate authority in PEM`,
    );
  }
}

function readUrl(url: string, path: string): string {
  return checkedUrl(url, `${path}.url`);
}

function readOptionalUrl(
  config: Config,
  path: string,
  key: string,
): string | undefined {
  const url = config.getOptionalString(key);
  return url === undefined ? undefined : checkedUrl(url, `${path}.${key}`);
}

function checkedUrl(url: string, path: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) {
    throw wrong(path, 'is not an http or https URL');
  }
  if (parsed.username || parsed.password) {
    throw wrong(path, 'holds credentials; move them to auth');
  }
  return url;
}

function readTimeout(config: Config, path: string): number | undefined {
  if (!config.has('timeout')) {
    return undefined;
  }
  try {
    return durationToMilliseconds(
      readDurationFromConfig(config, { key: 'timeout' }),
    );
  } catch {
    throw wrong(
      `${path}.timeout`,
      'is not a duration; write for example { seconds: 10 } or 10s',
    );
  }
}

function readWhole(
  config: Config,
  path: string,
  key: string,
  min: number,
  max: number,
): number | undefined {
  const value = config.getOptionalNumber(key);
  if (
    value !== undefined &&
    !(Number.isInteger(value) && value >= min && value <= max)
  ) {
    throw wrong(
      `${path}.${key}`,
      `is ${value}; it must be a whole number from ${min} to ${max}`,
    );
  }
  return value;
}

function readOneOf<T extends string>(
  config: Config,
  path: string,
  key: string,
  values: readonly T[],
): T | undefined {
  const given = config.getOptionalString(key);
  const known = values.find(value => value === given);
  if (given !== undefined && !known) {
    throw wrong(
      `${path}.${key}`,
      `is '${given}'; use one of ${values.join(', ')}`,
    );
  }
  return known;
}

function required(
  config: Config,
  path: string,
  key: string,
  hint: string,
): string {
  const value = config.getOptionalString(key);
  if (!value) {
    throw wrong(`${path}.${key}`, `is missing; ${hint}`);
  }
  return value;
}

function wrong(path: string, what: string): InputError {
  return new InputError(`Configuration ${path} ${what}`);
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as T;
}
