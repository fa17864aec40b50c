import {
  formatWorkloadRef,
  samplingReadPermission,
} from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from '../RouterServices';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Preview, apply, revert and history of overrides. */
export function samplingRoutes(
  router: GuardedRouter,
  { access, answers, auditor, callers, gate, sampling }: RouterServices,
): void {
  registerRoute(router, 'preview', async ({ request, body }) => {
    const write = await gate.enter(request, 'preview', body);
    const { entity } = write;
    const fields = {
      entityRef: entity.entityRef,
      workload: formatWorkloadRef(body.workload),
      scope: body.scope ?? 'workload',
    };
    return auditor.read('sampling-preview', fields, request, async () => {
      const [binding] = await answers.bindings(entity, body.workload);
      const preview = await sampling.preview(write);
      return { ...preview, ...(binding && { binding }) };
    });
  });

  registerRoute(router, 'apply', async ({ request, body }) =>
    sampling.apply(await gate.enter(request, 'apply', body)),
  );

  registerRoute(router, 'revert', async ({ request, body }) => {
    await sampling.revert(await gate.enter(request, 'revert', body));
    return { reverted: true };
  });

  registerRoute(router, 'history', async ({ request, query }) => {
    const context = await access.load(request, samplingReadPermission);
    return sampling.history(context, query, refs =>
      callers.readableRefs(context, refs),
    );
  });
}
