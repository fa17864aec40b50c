import { requestSignal } from '../../shared/requestSignal';
import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';
import { loadForTraces } from './loadForTraces';

/** Rules for alerts, of one entity and of all that the caller owns. */
export function alertRoutes(
  router: GuardedRouter,
  services: RouterServices,
): void {
  const { alerts, auditor, callers, ownedAlerts } = services;
  registerRoute(router, 'alertRules', async ({ request, body }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    return auditor.read('requests-read', { entityRef }, request, () =>
      alerts.ofEntity(context, body),
    );
  });
  registerRoute(router, 'ownedAlertRules', async ({ request, body }) => {
    const caller = await callers.load(request);
    const signal = requestSignal(request);
    return ownedAlerts.rules({ ...caller, request, signal }, body, entityRef =>
      auditor.tell('requests-read', { entityRef }, { request }),
    );
  });
}
