import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { parseLabelSelector } from 'backstage-plugin-mesh-tracing-common';
import type { ClusterConfig, ClusterConnectionConfig } from './ClusterConfig';
import { errorText } from '../shared/errorText';
import { isPlainText, plainTextRefusal } from '../shared/plainText';
import { readIstiodConfig } from './readIstiodConfig';

const KEY = 'meshTracing.clusters';
const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_ISTIO_NAMESPACE = 'istio-system';
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Reads `meshTracing.clusters`. Empty when there is none.
 *
 * @throws InputError with the path in the configuration and what to write
 *   instead
 */
export function readClusterConfigs(config: Config): ClusterConfig[] {
  const entries = config.getOptionalConfigArray(KEY) ?? [];
  const clusters = entries.map((entry, index) =>
    readCluster(entry, `${KEY}[${index}]`),
  );
  const names = new Set<string>();
  clusters.forEach(({ name }, index) => {
    if (names.has(name)) {
      throw wrong(
        `${KEY}[${index}].name`,
        `'${name}' is taken by another cluster; give each its own name`,
      );
    }
    names.add(name);
  });
  return clusters;
}

function readCluster(config: Config, path: string): ClusterConfig {
  const name = config.getOptionalString('name');
  if (!name) {
    throw wrong(`${path}.name`, 'is missing; give the cluster a name');
  }
  if (/[/,\s]/.test(name)) {
    throw wrong(
      `${path}.name`,
      `'${name}' contains '/', ',' or a space, which annotations use as separators; choose another name`,
    );
  }
  const connection = config.getOptionalConfig('connection');
  if (!connection) {
    throw wrong(
      `${path}.connection`,
      `is missing; say how cluster '${name}' is reached, such as connection: { type: inCluster }`,
    );
  }
  return withoutUndefined({
    name,
    connection: readConnection(connection, `${path}.connection`),
    traceStore: config.getOptionalString('traceStore'),
    rootNamespace: readNamespace(config, path, 'rootNamespace'),
    istioNamespace:
      readNamespace(config, path, 'istioNamespace') ?? DEFAULT_ISTIO_NAMESPACE,
    revision: config.getOptionalString('revision'),
    istiod: readIstiodConfig(config, path),
    podSelector: readPodSelector(config, path),
    timeoutMs: readTimeout(config, path),
  });
}

function readPodSelector(config: Config, path: string): string | undefined {
  const text = config.getOptionalString('podSelector');
  if (text === undefined) {
    return undefined;
  }
  try {
    parseLabelSelector(text);
    return text;
  } catch (error) {
    throw wrong(
      `${path}.podSelector`,
      `is not a label selector: ${errorText(
        error,
      )}; write it like team=shop,tier in (a,b)`,
    );
  }
}

function readConnection(config: Config, path: string): ClusterConnectionConfig {
  const type = config.getOptionalString('type');
  switch (type) {
    case 'kubeconfig':
      return withoutUndefined({
        type,
        path: required(config, path, 'path', 'the path of the kubeconfig file'),
        context: config.getOptionalString('context'),
        allowPlainText: config.getOptionalBoolean('allowPlainText'),
      });
    case 'inCluster':
      return withoutUndefined({
        type,
        allowPlainText: config.getOptionalBoolean('allowPlainText'),
      });
    case 'serviceAccount':
      return readServiceAccount(config, path);
    default:
      throw wrong(
        `${path}.type`,
        `${
          type ? `is '${type}'` : 'is missing'
        }; write kubeconfig, inCluster or serviceAccount`,
      );
  }
}

function readServiceAccount(
  config: Config,
  path: string,
): ClusterConnectionConfig {
  const url = required(config, path, 'url', 'the URL of the API server');
  const allowPlainText = config.getOptionalBoolean('allowPlainText');
  checkUrl(url, `${path}.url`);
  if (isPlainText(url) && !allowPlainText) {
    throw wrong(`${path}.url`, plainTextRefusal('the token'));
  }
  const token = config.getOptionalString('token');
  const tokenFile = config.getOptionalString('tokenFile');
  if (!token === !tokenFile) {
    throw wrong(
      `${path}.token`,
      token
        ? 'stands beside tokenFile; keep one of them'
        : 'is missing; give the token of the service account, or its file as tokenFile',
    );
  }
  const caData = config.getOptionalString('caData');
  const caFile = config.getOptionalString('caFile');
  if (caData && caFile) {
    throw wrong(`${path}.caData`, 'stands beside caFile; keep one of them');
  }
  return withoutUndefined({
    type: 'serviceAccount' as const,
    url,
    token,
    tokenFile,
    caData,
    caFile,
    allowPlainText,
  });
}

function checkUrl(text: string, path: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw wrong(
      path,
      'is not a URL of an API server; write it like https://api.example.com:6443',
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw wrong(
      path,
      'contains credentials, a query or a fragment; leave only scheme, host, port and path',
    );
  }
}

function readNamespace(
  config: Config,
  path: string,
  key: string,
): string | undefined {
  const value = config.getOptionalString(key);
  if (value !== undefined && !NAMESPACE.test(value)) {
    throw wrong(
      `${path}.${key}`,
      `'${value}' is not the name of a namespace; use lower-case letters, digits and '-'`,
    );
  }
  return value;
}

function readTimeout(config: Config, path: string): number {
  if (!config.has('timeout')) {
    return DEFAULT_TIMEOUT_MS;
  }
  let timeoutMs: number;
  try {
    timeoutMs = durationToMilliseconds(
      readDurationFromConfig(config, { key: 'timeout' }),
    );
  } catch {
    throw wrong(
      `${path}.timeout`,
      "is not a duration; write it like '10s' or { seconds: 10 }",
    );
  }
  if (timeoutMs < 100 || timeoutMs > 300_000) {
    throw wrong(
      `${path}.timeout`,
      'is out of range; choose between 100 milliseconds and 5 minutes',
    );
  }
  return timeoutMs;
}

function required(
  config: Config,
  path: string,
  key: string,
  what: string,
): string {
  const value = config.getOptionalString(key);
  if (!value) {
    throw wrong(
      `${path}.${key}`,
      `is missing; with type ${config.getString('type')} give ${what}`,
    );
  }
  return value;
}

function wrong(path: string, problem: string): InputError {
  return new InputError(`Configuration ${path} ${problem}`);
}

function withoutUndefined<T extends object>(value: T): T {
  for (const key of Object.keys(value) as Array<keyof T>) {
    if (value[key] === undefined) {
      delete value[key];
    }
  }
  return value;
}
