export { auditEvents, type AuditFields } from './auditEvents';
export { Auditor, type OpenEvent } from './Auditor';
export type { AuditedChange } from './AuditedChange';
export { type ChangeAttempt, SamplingAudit } from './SamplingAudit';
