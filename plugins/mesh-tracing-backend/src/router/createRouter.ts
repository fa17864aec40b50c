import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { errorMiddleware } from './errorMiddleware';
import type { RouterServices } from './RouterServices';
import { alertRoutes } from './routes/alertRoutes';
import { dependenciesRoutes } from './routes/dependenciesRoutes';
import { diagnosisRoutes } from './routes/diagnosisRoutes';
import { forcingRoutes } from './routes/forcingRoutes';
import { latencyRoutes } from './routes/latencyRoutes';
import { documentRoute } from './routes/documentRoute';
import { ownedRoutes } from './routes/ownedRoutes';
import { propagationRoutes } from './routes/propagationRoutes';
import { reportRoutes } from './routes/reportRoutes';
import { samplingRoutes } from './routes/samplingRoutes';
import { setupRoutes } from './routes/setupRoutes';
import { tracesRoutes } from './routes/tracesRoutes';
import { tracingRoutes } from './routes/tracingRoutes';
import { undecodablePathMiddleware } from './requests/undecodablePathMiddleware';
import { workloadsRoutes } from './routes/workloadsRoutes';
import { yamlCheckRoutes } from './routes/yamlCheckRoutes';

/**
 * The routes of the HTTP contract, each of which validates its requests by its schemas,
 * and the OpenAPI document that is made from the same schemas.
 */
export function createRouter(services: RouterServices): Router {
  const router: Router = PromiseRouter();
  documentRoute(router);
  router.use((_request, response, next) => {
    // Nothing is cached: answers depend on who asks, and traces may hold personal data.
    response.set('cache-control', 'no-store');
    next();
  });
  const guarded = { router, turns: services.turns };
  workloadsRoutes(guarded, services);
  tracingRoutes(guarded, services);
  diagnosisRoutes(guarded, services);
  tracesRoutes(guarded, services);
  latencyRoutes(guarded, services);
  dependenciesRoutes(guarded, services);
  propagationRoutes(guarded, services);
  reportRoutes(guarded, services);
  samplingRoutes(guarded, services);
  ownedRoutes(guarded, services);
  forcingRoutes(guarded, services);
  setupRoutes(guarded, services);
  yamlCheckRoutes(guarded, services);
  alertRoutes(guarded, services);
  router.use(undecodablePathMiddleware());
  router.use(errorMiddleware(services.logger));
  return router;
}
