import { formatTraceReport } from 'backstage-plugin-mesh-tracing-common';
import type { RouterServices } from '../RouterServices';
import { loadForTraces } from './loadForTraces';
import {
  registerRoute,
  TextAnswer,
  type GuardedRouter,
} from '../registerRoute';

/** One document about an entity and a window. */
export function reportRoutes(
  router: GuardedRouter,
  services: RouterServices,
): void {
  const { auditor, report } = services;
  registerRoute(router, 'report', async ({ request, query }) => {
    const context = await loadForTraces(services, request);
    const { entityRef } = context;
    const { format = 'json', ...window } = query;
    const document = await auditor.read(
      'report-read',
      { entityRef, format },
      request,
      () => report.report(context, window),
    );
    return format === 'markdown'
      ? new TextAnswer('text/markdown', formatTraceReport(document))
      : document;
  });
}
