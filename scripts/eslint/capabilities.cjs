/**
 * The capabilities of each plugin package, the most basic first, and whom each
 * may import: only those that stand before it in its list, so that no circle
 * fits in.
 *
 * Files of `shared/` may be imported by all and import no capability. The files
 * in the root of `src` compose the capabilities, which therefore don't import
 * them.
 *
 * `scripts/structure.test.mjs` says what is missing here, or here for nothing.
 */
module.exports = {
  'backstage-plugin-mesh-tracing-common': {
    yaml: [],
    meshconfig: ['yaml'],
    workloads: ['meshconfig'],
    gitops: ['workloads'],
    traces: ['workloads'],
    tracing: ['meshconfig', 'workloads'],
    latency: ['traces'],
    dependencies: ['traces', 'latency'],
    propagation: ['traces', 'latency'],
    analysis: ['traces', 'latency', 'dependencies', 'propagation'],
    report: [
      'workloads',
      'traces',
      'tracing',
      'latency',
      'dependencies',
      'analysis',
    ],
    diagnosis: ['meshconfig', 'workloads', 'traces', 'tracing', 'latency'],
    api: [
      'meshconfig',
      'workloads',
      'traces',
      'tracing',
      'latency',
      'propagation',
      'analysis',
      'diagnosis',
      'report',
    ],
    overview: ['traces', 'tracing', 'latency', 'api'],
    sampling: ['meshconfig', 'workloads', 'gitops', 'tracing', 'api'],
  },
  'backstage-plugin-mesh-tracing-backend': {
    audit: [],
    clusters: [],
    config: [],
    tracestore: [],
    workloads: ['audit', 'clusters', 'tracestore'],
    access: ['audit', 'clusters', 'workloads'],
    traces: ['tracestore', 'workloads', 'access'],
    dependencies: ['tracestore', 'workloads', 'access', 'traces'],
    sampling: [
      'audit',
      'clusters',
      'tracestore',
      'workloads',
      'access',
      'traces',
    ],
    tracing: ['clusters', 'workloads', 'access', 'sampling'],
    latency: ['tracestore', 'workloads', 'traces', 'tracing'],
    owned: ['clusters', 'workloads', 'access', 'sampling', 'tracing'],
    report: ['tracestore', 'workloads', 'access', 'traces', 'tracing'],
    diagnosis: [
      'clusters',
      'tracestore',
      'workloads',
      'access',
      'traces',
      'tracing',
      'latency',
    ],
    router: [
      'audit',
      'workloads',
      'access',
      'traces',
      'dependencies',
      'sampling',
      'tracing',
      'latency',
      'owned',
      'report',
      'diagnosis',
    ],
  },
  'backstage-plugin-mesh-tracing-backend-module-demo': {
    cluster: [],
    tracestore: [],
    traffic: ['tracestore'],
    shop: ['traffic'],
  },
  'backstage-plugin-mesh-tracing': {
    report: [],
    traces: [],
    tracing: [],
    workloads: [],
    dependencies: ['traces'],
    latency: ['traces'],
    sampling: ['tracing', 'workloads'],
    overview: [
      'report',
      'traces',
      'tracing',
      'dependencies',
      'latency',
      'sampling',
    ],
    owned: ['tracing', 'sampling'],
    content: [
      'traces',
      'workloads',
      'dependencies',
      'latency',
      'sampling',
      'overview',
    ],
  },
};
