/**
 * What may stand under a key of the configuration: a `value` (or a list of
 * values), a `duration` as Backstage reads it, `names` that the site chooses, or
 * a section with keys of its own (or a list of such sections).
 */
export type ConfigKeys =
  | 'value'
  | 'duration'
  | 'names'
  | { readonly [key: string]: ConfigKeys };

const auth = {
  type: 'value',
  token: 'value',
  username: 'value',
  password: 'value',
} as const;

const tls = { caFile: 'value', insecureSkipVerify: 'value' } as const;

const clusters = {
  name: 'value',
  connection: {
    type: 'value',
    path: 'value',
    context: 'value',
    url: 'value',
    token: 'value',
    tokenFile: 'value',
    caData: 'value',
    caFile: 'value',
    allowPlainText: 'value',
  },
  traceStore: 'value',
  rootNamespace: 'value',
  istioNamespace: 'value',
  revision: 'value',
  podSelector: 'value',
  istiod: {
    debugUrls: 'value',
    token: 'value',
    tokenFile: 'value',
    caFile: 'value',
    allowPlainText: 'value',
  },
  timeout: 'duration',
  prometheus: {
    url: 'value',
    auth,
    headers: 'names',
    allowPlainText: 'value',
    tls,
    selector: 'names',
    labels: { namespace: 'value', pod: 'value', workload: 'value' },
    timeout: 'duration',
  },
} as const;

const traceStores = {
  name: 'value',
  jaeger: {
    url: 'value',
    externalUrl: 'value',
    basePath: 'value',
    auth,
    tenant: { header: 'value', value: 'value' },
    headers: 'names',
    tls,
    timeout: 'duration',
    concurrency: 'value',
    maxBodyBytes: 'value',
    maxTraceSpans: 'value',
    latencyUnit: 'value',
    dialect: 'value',
    allowPlainText: 'value',
  },
  prometheus: {
    url: 'value',
    metrics: 'value',
    auth,
    headers: 'names',
    tls,
    prefix: 'value',
    counter: 'value',
    histogram: 'value',
    labels: {
      workload: 'value',
      namespace: 'value',
      reporter: 'value',
      responseCode: 'value',
      operation: 'value',
      service: 'value',
      spanKind: 'value',
      status: 'value',
      proxyNamespace: 'value',
      proxyPod: 'value',
    },
    selector: 'names',
    latencyUnit: 'value',
    timeout: 'duration',
    allowPlainText: 'value',
  },
} as const;

const sampling = {
  writers: 'value',
  actForOwners: 'value',
  maxPercentage: 'value',
  maxDuration: 'duration',
  allowPermanent: 'value',
  namespaces: { allow: 'value', deny: 'value' },
  scopes: 'value',
  customTags: {
    max: 'value',
    kinds: 'value',
    denyHeaders: 'value',
    allowHeaders: 'value',
    allowEnvironment: 'value',
  },
  fields: {
    provider: 'value',
    disableSpanReporting: 'value',
    disableContextPropagation: 'value',
  },
  gitOps: {
    template: 'value',
    namespaces: 'value',
    unreadableNamespaces: 'value',
  },
  reason: 'value',
  rateLimit: 'value',
  otherWorkloads: 'value',
} as const;

/**
 * Every key below `meshTracing`; what is not here stops the start. A new key is
 * added here, in `config.d.ts` and in its reader: `configKeys.test.ts` compares the
 * three.
 */
export const CONFIG_KEYS = {
  clusters,
  traceStores,
  reads: { perUser: 'value', total: 'value', waitingPerUser: 'value' },
  binding: 'value',
  matchByName: 'value',
  ownership: { parentGroups: 'value' },
  traces: { foreignSpans: 'value' },
  sampling,
  history: { retention: 'duration' },
  // These keys belong to the module with the embedded mesh.
  demo: {
    enabled: 'value',
    allowInProduction: 'value',
    seed: 'value',
    history: 'duration',
  },
} as const satisfies ConfigKeys;
