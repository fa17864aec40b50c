import { auditEvents } from '../../audit';

/** Fails a test whose product told the auditor of what is not declared. */
export function requireDeclared(event: {
  eventId: string;
  severityLevel?: string;
  meta?: unknown;
}): void {
  const declared = Object.entries(auditEvents).find(
    ([id]) => id === event.eventId,
  )?.[1];
  if (!declared) {
    throw new Error(`The audit event ${event.eventId} is not declared`);
  }
  declared.fields.parse(event.meta);
  const severities: unknown[] = [
    declared.severity,
    'refusedSeverity' in declared ? declared.refusedSeverity : undefined,
  ];
  if (!severities.includes(event.severityLevel)) {
    throw new Error(
      `The audit event ${event.eventId} is told as ${event.severityLevel}`,
    );
  }
}
