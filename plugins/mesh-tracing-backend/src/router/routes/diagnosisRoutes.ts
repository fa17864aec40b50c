import { samplingReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Why there are no traces. */
export function diagnosisRoutes(
  router: GuardedRouter,
  { access, auditor, diagnosis }: RouterServices,
): void {
  registerRoute(router, 'diagnosis', async ({ request, query }) => {
    const context = await access.load(request, samplingReadPermission);
    const { entityRef } = context;
    return auditor.read('diagnosis-read', { entityRef }, request, () =>
      diagnosis.diagnosis(context, query),
    );
  });
}
