export type { AuditedChange } from './AuditedChange';
export { auditRead } from './auditRead';
export {
  type ChangeAttempt,
  type OpenEvent,
  SamplingAudit,
} from './SamplingAudit';
