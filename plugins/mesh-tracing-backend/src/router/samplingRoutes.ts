import { NotAllowedError } from '@backstage/errors';
import { samplingReadPermission } from 'backstage-plugin-mesh-tracing-common';
import type { Request, Router } from 'express';
import type { EntityAccess } from '../access/EntityAccess';
import type { RouterServices } from './RouterServices';
import { auditRead } from './auditRead';
import { registerRoute } from './registerRoute';

/** Preview, apply, revert and history of overrides. */
export function samplingRoutes(
  router: Router,
  { access, auditor, sampling }: RouterServices,
): void {
  registerRoute(router, 'preview', async ({ request, body }) => {
    const { context, write } = await loadForWrite(access, request);
    const { entityRef } = context;
    const { cluster, namespace, kind, name } = body.workload;
    const workload = `${cluster}/${namespace}/${kind}/${name}`;
    return auditRead(
      auditor,
      { request, eventId: 'sampling-preview', meta: { entityRef, workload } },
      () => sampling.preview(context, write, body),
    );
  });

  registerRoute(router, 'apply', async ({ request, body }) => {
    const { context, write } = await loadForWrite(access, request);
    return sampling.apply(context, write, body);
  });

  registerRoute(router, 'revert', async ({ request, body }) => {
    const { context, write } = await loadForWrite(access, request);
    await sampling.revert(context, write, body);
    return { reverted: true };
  });

  registerRoute(router, 'history', async ({ request }) => {
    const context = await access.load(request, samplingReadPermission);
    return { entries: await sampling.history(context) };
  });
}

/** @throws NotAllowedError, in a sentence that names the owner, for those who may not write. */
async function loadForWrite(access: EntityAccess, request: Request) {
  const context = await access.load(request, samplingReadPermission);
  const write = await access.writeAccess(context);
  if (!write.allowed) {
    throw new NotAllowedError(write.reason);
  }
  return { context, write };
}
