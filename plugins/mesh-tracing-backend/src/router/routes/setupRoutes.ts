import { NotAllowedError } from '@backstage/errors';
import { samplingReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';
import { registerRoute, type GuardedRouter } from '../registerRoute';
import type { RouterServices } from '../RouterServices';
import { loadForTraces } from './loadForTraces';

/** Findings about production set-ups, and the rate that a percentage is chosen by. */
export function setupRoutes(
  router: GuardedRouter,
  services: RouterServices,
): void {
  const { access, auditor, callers, rates, setup, wideSetup } = services;
  registerRoute(router, 'setupFindings', async ({ request, query }) => {
    const context = await access.load(request, samplingReadPermission);
    const readable = await readableOf(services, context);
    const { entityRef } = context;
    return auditor.read('setup-read', { entityRef }, request, () =>
      setup.findings(context, readable, query),
    );
  });
  registerRoute(router, 'requestRate', async ({ request }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    return auditor.read('setup-read', { entityRef }, request, () =>
      rates.rates(context),
    );
  });
  registerRoute(router, 'ownedSetupFindings', async ({ request, query }) =>
    wideSetup.owned(await callers.load(request), query.owner),
  );
  registerRoute(router, 'meshSetupFindings', async ({ request }) =>
    wideSetup.mesh(await callers.load(request)),
  );
}

/** Undefined where the caller may read no traces: the configuration is checked alone. */
async function readableOf(
  { access }: Pick<RouterServices, 'access'>,
  context: EntityContext,
): Promise<EntityContext | undefined> {
  try {
    return await access.forTracesOf(context, context.entity);
  } catch (error) {
    if (error instanceof NotAllowedError) {
      return undefined;
    }
    throw error;
  }
}
