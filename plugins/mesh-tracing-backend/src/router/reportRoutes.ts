import {
  formatTraceReport,
  tracesReadPermission,
} from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from './RouterServices';
import { auditRead } from './auditRead';
import { registerRoute, TextAnswer, type GuardedRouter } from './registerRoute';

/** One document about an entity and a window. */
export function reportRoutes(
  router: GuardedRouter,
  { access, auditor, report }: RouterServices,
): void {
  registerRoute(router, 'report', async ({ request, query }) => {
    const context = await access.load(request, tracesReadPermission);
    const { entityRef } = context;
    const { format = 'json', ...window } = query;
    const document = await auditRead(
      auditor,
      { request, eventId: 'report-read', meta: { entityRef, format } },
      () => report.report(context, window),
    );
    return format === 'markdown'
      ? new TextAnswer('text/markdown', formatTraceReport(document))
      : document;
  });
}
