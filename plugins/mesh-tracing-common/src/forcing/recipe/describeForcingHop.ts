import type { ProxyConfig } from '../../meshconfig';
import {
  decidingSide,
  parseIstioVersion,
  SINCE,
  spanReporting,
  type EffectiveTracing,
  type EffectiveTracingSide,
} from '../../tracing';
import type { WorkloadRef } from '../../workloads';
import type {
  ForcingHeaders,
  ForcingHop,
  ForcingHopKind,
  ForcingNote,
  ForcingRefusal,
} from './ForcingHop';

/** What is known of a hop. @public */
export interface ForcingHopFacts {
  kind: ForcingHopKind;
  workload: WorkloadRef;
  /** Tracing of the hop's proxy. */
  effective: EffectiveTracing;
  /** Version of its proxy; absent = unknown, which counts as the newest. */
  proxyVersion?: string;
  /** What the proxy reports, or the mesh's `defaultConfig`: names a bootstrap's tracer. */
  proxyConfig?: ProxyConfig | null;
  /** Tracing of the entity's workload behind the hop; absent where it is the hop. */
  behind?: EffectiveTracing;
  url?: string;
}

/** Of a provider's kind, the headers by which its tracer takes over id and decision. */
const HEADERS: Readonly<Record<string, ForcingHeaders>> = {
  opentelemetry: 'w3c',
  zipkin: 'b3',
};

/**
 * What makes one request traced at a hop, by the rules of its Envoy. An OpenTelemetry
 * tracer takes id and flag of `traceparent`; since Envoy 1.39 its own decision must be
 * yes, too, which `x-client-trace-id` makes it (Istio sets client sampling to 100 %). A
 * Zipkin tracer takes B3's flag alone. `x-envoy-force-trace` is in no recipe: Envoy
 * removes it from all requests that it takes for external, and it can do nothing more.
 * @public
 */
export function describeForcingHop(facts: ForcingHopFacts): ForcingHop {
  const { kind, workload, effective, url } = facts;
  const side = decidingSide(effective);
  const provider = side?.provider.value;
  const tracer = tracerKind(side, facts.proxyConfig);
  const headers = (tracer !== undefined && HEADERS[tracer]) || null;
  const refusal = refusalOf(side, headers);
  return {
    kind,
    workload,
    headers: refusal ? null : headers,
    ...(refusal ? { refusal } : {}),
    ...(provider
      ? { provider: { name: provider.name, kind: provider.kind } }
      : {}),
    ...(side ? { samplingPercent: side.samplingPercent.value } : {}),
    ...(url ? { url } : {}),
    notes: side && !refusal ? notesOf(facts, side, headers) : [],
  };
}

function refusalOf(
  side: EffectiveTracingSide | undefined,
  headers: ForcingHeaders | null,
): ForcingRefusal | undefined {
  if (!side) {
    return 'no-proxy';
  }
  if (side.spanReporting !== 'reported') {
    return side.spanReporting;
  }
  return headers ? undefined : 'provider-without-recipe';
}

/** Without a provider the tracer is that of the proxy's bootstrap (legacy path). */
function tracerKind(
  side: EffectiveTracingSide | undefined,
  proxyConfig: ProxyConfig | null | undefined,
): string | undefined {
  const provider = side?.provider.value;
  if (provider) {
    return provider.kind;
  }
  return proxyConfig?.tracing?.zipkin ? 'zipkin' : undefined;
}

function notesOf(
  { kind, behind, proxyVersion }: ForcingHopFacts,
  side: EffectiveTracingSide,
  headers: ForcingHeaders | null,
): ForcingNote[] {
  const notes: Array<[boolean, ForcingNote]> = [
    [
      side.samplingPercent.source.kind === 'provider-sampler',
      'sampler-decides',
    ],
    [
      headers === 'w3c' &&
        parseIstioVersion(proxyVersion) >= SINCE.localDecisionMayDrop,
      'later-hops-decide-again',
    ],
    [side.disableContextPropagation.value, 'no-context-onwards'],
    [
      behind !== undefined && spanReporting(behind) !== 'reported',
      'entity-sends-no-spans',
    ],
    [kind === 'gateway' && behind !== undefined, 'leads-there-unknown'],
    [kind === 'service', 'port-forward-passes-by'],
  ];
  return notes.flatMap(([holds, note]) => (holds ? [note] : []));
}
