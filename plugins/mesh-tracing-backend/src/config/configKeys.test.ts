import { ConfigReader, type Config } from '@backstage/config';
import { readBindingConfig } from '../workloads';
import { readClusterConfigs } from '../clusters';
import { readMeshMetricsConfigs } from '../diagnosis';
import { readSamplingConfig } from '../sampling';
import { readRepositoryFile } from '../testing/repository/citedTests';
import { declaredConfigKeys } from '../testing/config/declaredConfigKeys';
import { recordingConfig } from '../testing/config/recordingConfig';
import { CONFIG_KEYS, type ConfigKeys } from './configKeys';
import { readOwnershipConfig } from '../access';
import { readReadLimits } from '../router';
import { readTracesConfig } from '../traces';
import { readTraceStoreConfigs } from '../tracestore';

const declaredIn = (plugin: string) =>
  declaredConfigKeys(readRepositoryFile(`plugins/${plugin}/config.d.ts`));

/** Calls every reader of the backend's configuration. */
const readers: Array<(config: Config) => unknown> = [
  readClusterConfigs,
  readMeshMetricsConfigs,
  readTraceStoreConfigs,
  readReadLimits,
  readBindingConfig,
  readOwnershipConfig,
  readTracesConfig,
  readSamplingConfig,
];

const url = 'https://somewhere.example.com';
const connections = [
  { type: 'kubeconfig', path: '/k' },
  { type: 'serviceAccount', url, token: 't' },
];
const stores = [
  { type: 'bearer', token: 't' },
  { type: 'basic', username: 'u', password: 'p' },
];

/** Configurations with which, taken together, the readers read every key. */
const complete = {
  clusters: connections.map((connection, index) => ({
    name: `c${index}`,
    connection,
    istiod: { debugUrls: [url] },
    timeout: '1s',
    prometheus: {
      url,
      auth: stores[index],
      tls: {},
      labels: {},
      timeout: '1s',
    },
  })),
  traceStores: stores.map((auth, index) => ({
    name: `s${index}`,
    jaeger: { url, auth, tenant: { value: 'x' }, tls: {}, timeout: '1s' },
    prometheus: {
      url,
      metrics: 'spanmetrics',
      auth,
      tls: {},
      labels: {},
      timeout: '1s',
    },
  })),
  sampling: { maxDuration: '1h' },
  history: { retention: '9d' },
};

function pathsOf(keys: ConfigKeys, path: string): string[] {
  return typeof keys === 'string'
    ? [path]
    : Object.entries(keys).flatMap(([key, inner]) =>
        pathsOf(inner, `${path}.${key}`),
      );
}

describe('the keys that the configuration may have', () => {
  it('are those that config.d.ts declares, of the backend and of the embedded mesh', () => {
    expect(CONFIG_KEYS).toEqual({
      ...declaredIn('mesh-tracing-backend'),
      ...declaredIn('mesh-tracing-backend-module-demo'),
    });
  });

  it('are all read, and no others', () => {
    const read = new Set<string>();
    const config = new ConfigReader({ meshTracing: complete } as never);
    readers.forEach(reader => reader(recordingConfig(config, read)));
    const { demo: _, ...ofBackend } = CONFIG_KEYS;
    expect([...read].sort()).toEqual(pathsOf(ofBackend, 'meshTracing').sort());
  });
});
