import { NotAllowedError } from '@backstage/errors';
import {
  formatWorkloadRef,
  samplingReadPermission,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  OverrideScope,
  WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import type { RouterServices } from '../RouterServices';
import { auditRead } from '../../audit';
import { entityRefOf, type WriteAccess } from '../../access';
import type { EntityContext } from '../../shared/EntityContext';
import { registerRoute, type GuardedRouter } from '../registerRoute';

/** Preview, apply, revert and history of overrides. */
export function samplingRoutes(
  router: GuardedRouter,
  { access, alarm, auditor, callers, sampling }: RouterServices,
): void {
  /** @throws NotAllowedError, in a sentence that names the owner, for those who may not write. */
  const loadForWrite = async (
    request: Request,
    refusal: {
      action: 'preview' | 'apply' | 'revert';
      workload: WorkloadRef;
      scope?: OverrideScope;
    },
  ): Promise<{ context: EntityContext; write: WriteAccess }> => {
    const { action, scope = 'workload', workload } = refusal;
    try {
      const context = await access.load(request, samplingReadPermission);
      const write = await access.writeAccess(context, workload, scope);
      if (!write.allowed && write.refusedBy === 'binding') {
        await alarm.attempted(context, workload, action);
        // A preview shows why, and gives nothing to confirm it with; whoever set an
        // override may undo it, whatever happened meanwhile.
        if (action !== 'apply') {
          return { context, write };
        }
      }
      if (!write.allowed) {
        throw new NotAllowedError(write.reason);
      }
      return { context, write };
    } catch (error) {
      if (error instanceof NotAllowedError) {
        const event = await auditor.createEvent({
          eventId: `sampling-${action}`,
          severityLevel: 'medium',
          request,
          meta: {
            entityRef: entityRefOf(request),
            workload: formatWorkloadRef(workload),
            scope,
          },
        });
        await event.fail({ error });
      }
      throw error;
    }
  };

  /** A write goes on when its caller goes away, so that its outcome is known. */
  const loadToCarryThrough: typeof loadForWrite = async (...given) => {
    const { context, write } = await loadForWrite(...given);
    return { context: { ...context, signal: undefined }, write };
  };

  registerRoute(router, 'preview', async ({ request, body }) => {
    const { scope = 'workload' } = body;
    const { context, write } = await loadForWrite(request, {
      action: 'preview',
      workload: body.workload,
      scope,
    });
    const { entityRef } = context;
    const workload = formatWorkloadRef(body.workload);
    return auditRead(
      auditor,
      {
        request,
        eventId: 'sampling-preview',
        meta: { entityRef, workload, scope },
      },
      async () => {
        const tracesHidden = !(await access.mayReadTraces(
          context,
          body.workload,
        ));
        const scopes = await access.scopeAccess(context);
        const [binding] = await access.bindings(context, scopes, body.workload);
        const preview = await sampling.preview(
          { ...context, tracesHidden },
          write,
          body,
        );
        return { ...preview, ...(binding && { binding }) };
      },
    );
  });

  registerRoute(router, 'apply', async ({ request, body }) => {
    const { context, write } = await loadToCarryThrough(request, {
      action: 'apply',
      workload: body.override.workload,
      scope: body.override.scope,
    });
    return sampling.apply(context, write, body);
  });

  registerRoute(router, 'revert', async ({ request, body }) => {
    const { context, write } = await loadToCarryThrough(request, {
      action: 'revert',
      workload: body.workload,
      scope: body.scope,
    });
    await sampling.revert(context, write, body);
    return { reverted: true };
  });

  registerRoute(router, 'history', async ({ request, query }) => {
    const context = await access.load(request, samplingReadPermission);
    return sampling.history(context, query, refs =>
      callers.readableRefs(context, refs),
    );
  });
}
