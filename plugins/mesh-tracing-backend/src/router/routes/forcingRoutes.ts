import { NotAllowedError } from '@backstage/errors';
import {
  formatWorkloadRef,
  samplingReadPermission,
} from 'backstage-plugin-mesh-tracing-common';
import { requestSignal } from '../../shared/requestSignal';
import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/**
 * How one request is traced, how marked ones always are, and whose entity's a trace
 * is.
 */
export function forcingRoutes(
  router: GuardedRouter,
  services: RouterServices,
): void {
  const { access, answers, auditor, callers, forcing } = services;
  registerRoute(router, 'forcing', async ({ request }) => {
    const context = await access.load(request, samplingReadPermission);
    const { mesh } = await answers.scopes(context);
    return {
      entityRef: context.entityRef,
      hops: forcing.hops(context),
      conditional: mesh.allowed
        ? { allowed: true }
        : { allowed: false, reason: mesh.reason },
    };
  });

  registerRoute(router, 'conditionalTracing', async ({ request, body }) => {
    const context = await access.load(request, samplingReadPermission);
    const fields = {
      entityRef: context.entityRef,
      workload: formatWorkloadRef(body.workload),
      header: body.header,
    };
    return auditor.read('conditional-tracing', fields, request, async () => {
      const { mesh } = await answers.scopes(context);
      if (!mesh.allowed) {
        throw new NotAllowedError(mesh.reason);
      }
      return forcing.conditional(context, body);
    });
  });

  registerRoute(router, 'locateTrace', async ({ request }) => {
    const { traceId = '' } = request.params;
    const caller = await callers.load(request);
    const signal = requestSignal(request);
    return auditor.read('trace-locate', { traceId }, request, () =>
      services.refusals.run(
        () => services.locator.locate(caller, traceId, signal),
        signal,
      ),
    );
  });
}
