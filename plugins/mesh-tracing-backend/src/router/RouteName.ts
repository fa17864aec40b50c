import type { apiRoutes } from 'backstage-plugin-mesh-tracing-common';

/** Name of a route of the HTTP contract. */
export type RouteName = keyof typeof apiRoutes;
