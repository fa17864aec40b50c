// The benches measure parts that are no public API of the backend; only this file reaches into it.
/* eslint-disable @backstage/no-relative-monorepo-imports */
export { traceJsonLines } from '../../plugins/mesh-tracing-backend/src/router/routes/traceJsonPieces';
export { JaegerTraceStore } from '../../plugins/mesh-tracing-backend/src/tracestore/JaegerTraceStore';
export { PooledTraceReader } from '../../plugins/mesh-tracing-backend/src/tracestore/workers/PooledTraceReader';
export { shownParts } from '../../plugins/mesh-tracing-backend/src/traces/shownParts';
