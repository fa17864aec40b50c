/**
 * The backend of Mesh Tracing. What can be swapped or added is in
 * `backstage-plugin-mesh-tracing-node`.
 *
 * @packageDocumentation
 */
export { meshTracingPlugin as default } from './plugin';
