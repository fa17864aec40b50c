import type { Finding } from '../../shared/Finding';
import type {
  IgnoredReason,
  SpanReporting,
  TelemetryLevel,
  TracingSide,
} from '../../tracing';
import type { WorkloadRef } from '../../workloads';
import type { TextForm } from '../split/YamlPiece';

/** What a document was recognised as. @public */
export type YamlDocumentKind =
  | 'telemetry'
  | 'mesh-config'
  | 'istio-operator'
  | 'istio-resource'
  | 'helm-values'
  | 'proxy-config'
  | 'envoy-filter'
  | 'sidecar'
  | 'service'
  | 'service-entry'
  | 'namespace'
  | 'workload'
  | 'jaeger-operator'
  | 'collector'
  | 'instrumentation'
  | 'prometheus-rules'
  | 'scrape-config'
  | 'retired-istio'
  | 'trace-headers'
  | 'other'
  | 'unreadable';

/**
 * What becomes of a document. `works`: it does what it says. `no-effect`: it is taken,
 * and tracing of the entity stays as it is. `ignored`: it is taken, and Istio does not
 * look at it. `cannot-work`: it is taken, and breaks tracing or never does what it
 * seems to say. `refused`: nobody takes it.
 * @public
 */
export type YamlVerdict =
  | 'works'
  | 'no-effect'
  | 'ignored'
  | 'cannot-work'
  | 'refused';

/** Something to know of a document. @public */
export interface YamlFinding extends Finding {
  /** Of the pasted text, from 1. */
  line?: number;
}

/** Tracing of one side of a proxy, in short. @public */
export interface SideBrief {
  spanReporting: SpanReporting;
  /** Name of the provider; null = none. */
  provider: string | null;
  /** Percent as configured, unrounded. */
  samplingPercent: number;
  /** Names of the custom tags, sorted. */
  customTags: string[];
  disableContextPropagation: boolean;
}

/** Effective tracing of a workload, in short. @public */
export interface TracingBrief {
  path: 'telemetry' | 'legacy' | 'none';
  client?: SideBrief;
  server?: SideBrief;
}

/** What becomes of a workload of the entity. @public */
export interface WorkloadOutcome {
  workload: WorkloadRef;
  before: TracingBrief;
  after: TracingBrief;
  /** `client.samplingPercent` and the like, whose values differ. */
  changedFields: string[];
}

/** Where a Telemetry would stand among those of the cluster. @public */
export interface TelemetryPlacement {
  /** Of the entity's workloads, how many it would apply to. */
  reaches: number;
  /** How near it stands to them; absent where it reaches none. */
  level?: TelemetryLevel;
  /** Why it reaches none, or some not; absent where it reaches all. */
  ignored?: IgnoredReason;
  /** `namespace/name` of the Telemetry that Istio looks at instead. */
  instead?: string;
}

/** The answer for one document. @public */
export interface CheckedDocument {
  /** From 1, in the order of the text. */
  number: number;
  /** Lines of the pasted text, from 1. */
  firstLine: number;
  lastLine: number;
  kind: YamlDocumentKind;
  /** As the document says, cut; absent where it says nothing. */
  apiVersion?: string;
  resourceKind?: string;
  namespace?: string;
  name?: string;
  verdict: YamlVerdict;
  /** Most urgent first. */
  findings: YamlFinding[];
  placement?: TelemetryPlacement;
  /** Workloads that this document changes, after those before it. */
  outcomes: WorkloadOutcome[];
}

/** The answer for one cluster of the entity. @public */
export interface ClusterYamlCheck {
  /** Absent for an entity without workloads: the text alone is judged then. */
  cluster?: string;
  documents: CheckedDocument[];
  /** Each workload of the entity, before and after all documents. */
  outcomes: WorkloadOutcome[];
  /** Workloads of the entity that were not looked at, since there are so many. */
  workloadsLeftOut: number;
}

/** The answer for a pasted text. @public */
export interface YamlCheck {
  form: TextForm;
  /** Documents beyond the limit, which were not looked at. */
  documentsLeftOut: number;
  clusters: ClusterYamlCheck[];
}

/** Sides of a proxy, the one that receives first. */
export const BRIEF_SIDES: readonly TracingSide[] = ['server', 'client'];
