import type { ObjectMetadata } from '../../shared/ObjectMetadata';
import { AMBIENT_LABELS } from '../ambient/waypointLabels';

/** Labels of a Namespace that decide what its pods get (Istio: api/label). */
export const INJECTION_LABELS = {
  /** `enabled` or `disabled`; counts before a revision. */
  injection: 'istio-injection',
  /** Of a Namespace or Pod: a revision of Istio, or a tag that stands for one. */
  revision: 'istio.io/rev',
  dataplaneMode: AMBIENT_LABELS.dataplaneMode,
} as const;

/** What a Namespace says about the proxies of its pods. @public */
export interface NamespaceInjection {
  /** Those of its labels that decide whether pods are injected or captured. */
  labels: Readonly<Record<string, string>>;
  /**
   * By label, the latest moment at which it can have been set, milliseconds since
   * the epoch: when who owns the label last wrote. Absent where nobody is noted.
   */
  setByMs: Readonly<Record<string, number>>;
}

/** A webhook by which an istiod adds proxies to new pods. @public */
export interface Injector {
  revision: string;
  /** Tag that stands for the revision. */
  tag?: string;
}

/** What decides which pods of a cluster get a proxy. @public */
export interface MeshInjection {
  /** By name; absent where Namespaces can't be read. */
  namespaces?: ReadonlyMap<string, NamespaceInjection>;
  /** Absent where webhooks can't be read. */
  injectors?: readonly Injector[];
}

const KEPT = new Set<string>(Object.values(INJECTION_LABELS));

/** What the metadata of a Namespace says about the proxies of its pods. @public */
export function describeNamespaceInjection({
  labels = {},
  managedFields = [],
}: Pick<ObjectMetadata, 'labels' | 'managedFields'>): NamespaceInjection {
  const kept = Object.entries(labels).filter(([key]) => KEPT.has(key));
  const setByMs: Record<string, number> = {};
  for (const [key] of kept) {
    for (const { time, fieldsV1 } of managedFields) {
      const timeMs = Date.parse(time ?? '');
      if (Number.isFinite(timeMs) && ownsLabel(fieldsV1, key)) {
        setByMs[key] = Math.max(setByMs[key] ?? 0, timeMs);
      }
    }
  }
  return { labels: Object.fromEntries(kept), setByMs };
}

/** Kubernetes writes `{"f:metadata": {"f:labels": {"f:key": {}}}}`. */
function ownsLabel(fieldsV1: unknown, key: string): boolean {
  const labels = fieldOf(fieldOf(fieldsV1, 'f:metadata'), 'f:labels');
  return fieldOf(labels, `f:${key}`) !== undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
