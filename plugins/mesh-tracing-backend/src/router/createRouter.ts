import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { createOpenApiDocument } from 'backstage-plugin-mesh-tracing-common';
import type { Router } from 'express';
import { errorMiddleware } from './errorMiddleware';
import type { RouterServices } from './RouterServices';
import { dependenciesRoutes } from './routes/dependenciesRoutes';
import { invalidRequestMiddleware } from './requests/invalidRequestMiddleware';
import { latencyRoutes } from './routes/latencyRoutes';
import { ownedRoutes } from './routes/ownedRoutes';
import { readRequest } from './requests/readRequest';
import { reportRoutes } from './routes/reportRoutes';
import { samplingRoutes } from './routes/samplingRoutes';
import { tracesRoutes } from './routes/tracesRoutes';
import { tracingRoutes } from './routes/tracingRoutes';
import { workloadsRoutes } from './routes/workloadsRoutes';

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
