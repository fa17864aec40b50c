import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { createOpenApiDocument } from 'backstage-plugin-mesh-tracing-common';
import type { Router } from 'express';
import { errorMiddleware } from '../shared/errorMiddleware';
import type { RouterServices } from './RouterServices';
import { dependenciesRoutes } from './dependenciesRoutes';
import { invalidRequestMiddleware } from './invalidRequestMiddleware';
import { latencyRoutes } from './latencyRoutes';
import { ownedRoutes } from './ownedRoutes';
import { readRequest } from './readRequest';
import { reportRoutes } from './reportRoutes';
import { samplingRoutes } from './samplingRoutes';
import { tracesRoutes } from './tracesRoutes';
import { tracingRoutes } from './tracingRoutes';
import { workloadsRoutes } from './workloadsRoutes';

/**
 * The routes of the HTTP contract. Requests are validated by the OpenAPI
 * document, which is served at `/openapi.json`.
 */
export function createRouter(services: RouterServices): Router {
  const router: Router = createValidatedOpenApiRouter(createOpenApiDocument(), {
    middleware: [readRequest()],
  });
  router.use(invalidRequestMiddleware());
  router.use((_request, response, next) => {
    // Answers depend on who asks, and traces may hold personal data.
    response.set('cache-control', 'no-store');
    next();
  });
  const guarded = { router, turns: services.turns };
  workloadsRoutes(guarded, services);
  tracingRoutes(guarded, services);
  tracesRoutes(guarded, services);
  latencyRoutes(guarded, services);
  dependenciesRoutes(guarded, services);
  reportRoutes(guarded, services);
  samplingRoutes(guarded, services);
  ownedRoutes(guarded, services);
  router.use(errorMiddleware(services.logger));
  return router;
}
