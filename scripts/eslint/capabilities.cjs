/**
 * The capabilities of each plugin package, from the ground floor up, and whom each
 * may import: only those that stand above it in its list, so that no circle fits in.
 *
 * Files of `shared/` may be imported by all and import no capability. The files in
 * the root of `src` compose the capabilities, which therefore don't import them,
 * but for those in `root`.
 *
 * `scripts/structure.test.mjs` says what is missing here, or here for nothing.
 */
module.exports = {
  'backstage-plugin-mesh-tracing-backend-module-demo': {
    capabilities: {
      cluster: [],
      tracestore: [],
      traffic: ['tracestore'],
      shop: ['traffic'],
    },
  },
};
