import { OVERRIDE_ANNOTATIONS } from '../../shared/annotations';
import type { ObjectMetadata } from '../../shared/ObjectMetadata';

/** When and by whom the content of an object was last written. */
export interface LastChange {
  /** Milliseconds since the epoch. */
  atMs?: number;
  /** Who set it by the portal, else the program that wrote it. */
  by?: string;
}

/**
 * From the object's own annotations and from Kubernetes' `managedFields`: the entry
 * that owns fields of the spec and was written last. Status and metadata are written
 * by others for reasons of their own, and tell nothing.
 */
export function lastChange(metadata: ObjectMetadata): LastChange {
  const { annotations, managedFields = [], creationTimestamp } = metadata;
  const writes = managedFields
    .filter(({ fieldsV1 }) => ownsSpec(fieldsV1))
    .map(({ manager, time }) => ({ manager, atMs: timeOf(time) }))
    .sort((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0));
  const [latest] = writes;
  return {
    atMs: latest?.atMs ?? timeOf(creationTimestamp),
    by: annotations?.[OVERRIDE_ANNOTATIONS.changedBy] ?? latest?.manager,
  };
}

function ownsSpec(fields: unknown): boolean {
  return typeof fields === 'object' && fields !== null && 'f:spec' in fields;
}

/** Milliseconds since the epoch; undefined for what is no time. */
export function timeOf(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isFinite(ms) ? ms : undefined;
}
