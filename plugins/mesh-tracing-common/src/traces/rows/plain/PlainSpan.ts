import { SPAN_KINDS } from '../../model/spanKind';
import type { SpanStatus } from '../../model/Trace';
import { IDENTITY_SLOTS } from '../../scan/attributeCodes';
import { NO_TEXT } from '../../scan/SpanAttributes';

export const STATUSES: readonly SpanStatus[] = ['unset', 'ok', 'error'];

/** A string of the body, without its quotes; absent if `start` is negative. */
export interface TextRange {
  start: number;
  end: number;
}

/** What was read of a span, beside its attributes. One is used for all. */
export class PlainSpan {
  /** Where the ids stand, of 16 hex digits each; -1 without. */
  idStart = -1;
  parentStart = -1;
  readonly operation: TextRange = { start: -1, end: -1 };
  /** Number of the operation's text. */
  operationText = -1;
  readonly statusMessage: TextRange = { start: -1, end: -1 };
  readonly scopeName: TextRange = { start: -1, end: -1 };
  readonly scopeVersion: TextRange = { start: -1, end: -1 };
  /** Index into `SPAN_KINDS`. */
  kind = 0;
  /** Index into `STATUSES`. */
  status = 0;
  startUs = 0;
  startNs = 0;
  durationUs = 0;
  /** Whether the attributes may tell of retries. */
  tellsOfRetries = false;
  /** Numbers of the texts that tell the mesh identity, by slot, or `NO_TEXT`. */
  readonly identity = new Int32Array(IDENTITY_SLOTS.length).fill(NO_TEXT);

  clear(): void {
    this.idStart = -1;
    this.parentStart = -1;
    this.operation.start = -1;
    this.statusMessage.start = -1;
    this.scopeName.start = -1;
    this.scopeVersion.start = -1;
    this.kind = 0;
    this.status = 0;
    this.tellsOfRetries = false;
    this.identity.fill(NO_TEXT);
  }

  get kindName(): string {
    return SPAN_KINDS[this.kind] as string;
  }

  get statusName(): string {
    return STATUSES[this.status] as string;
  }
}
