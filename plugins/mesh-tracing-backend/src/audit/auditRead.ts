import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Request } from 'express';

/** What is written down of a read. */
export interface AuditedRead {
  request: Request;
  /** Kebab-case, such as `trace-search`. */
  eventId: string;
  meta: Record<string, string | number | boolean | undefined>;
}

/** Runs a read between the two halves of its audit event, severity `low`. */
export async function auditRead<T>(
  auditor: AuditorService,
  { request, eventId, meta }: AuditedRead,
  read: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId,
    severityLevel: 'low',
    request,
    meta: JSON.parse(JSON.stringify(meta)),
  });
  try {
    const answer = await read();
    await event.success();
    return answer;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}
