/**
 * The capabilities of each plugin package, from the ground floor up, and whom each
 * may import: only those that stand above it in its list, so that no circle fits in.
 *
 * Files of `shared/` may be imported by all and import no capability. The files in
 * the root of `src` compose the capabilities, which therefore don't import them.
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
    dependencies: ['latency', 'traces'],
    analysis: ['dependencies', 'latency', 'traces'],
    report: [
      'analysis',
      'dependencies',
      'latency',
      'traces',
      'tracing',
      'workloads',
    ],
    api: ['latency', 'meshconfig', 'report', 'traces', 'tracing', 'workloads'],
    overview: ['api', 'latency', 'traces', 'tracing'],
    sampling: ['api', 'gitops', 'meshconfig', 'tracing', 'workloads'],
  },
  'backstage-plugin-mesh-tracing-backend': {
    audit: [],
    clusters: [],
    config: [],
    tracestore: [],
    workloads: ['clusters', 'tracestore'],
    access: ['clusters', 'workloads'],
    traces: ['access', 'tracestore', 'workloads'],
    dependencies: ['access', 'traces', 'tracestore', 'workloads'],
    sampling: [
      'access',
      'audit',
      'clusters',
      'traces',
      'tracestore',
      'workloads',
    ],
    tracing: ['access', 'clusters', 'sampling', 'workloads'],
    latency: ['traces', 'tracestore', 'tracing'],
    owned: ['access', 'clusters', 'sampling', 'tracing', 'workloads'],
    report: ['access', 'traces', 'tracestore', 'tracing', 'workloads'],
    router: [
      'access',
      'audit',
      'dependencies',
      'latency',
      'owned',
      'report',
      'sampling',
      'traces',
      'tracing',
      'workloads',
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
    overview: ['dependencies', 'latency', 'report', 'sampling', 'traces'],
    owned: ['sampling'],
    content: [
      'dependencies',
      'latency',
      'overview',
      'sampling',
      'traces',
      'workloads',
    ],
  },
};
