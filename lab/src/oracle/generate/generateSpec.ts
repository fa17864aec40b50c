import type {
  CustomTag,
  PolicyTargetReference,
  TelemetrySpec,
  TelemetryTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { GATEWAY_NAME, GATEWAY_NAME_LABEL, WAYPOINT_NAME } from './plots';
import type { Random } from '../../checks/Random';

/** Providers by the names that Telemetries and defaults use for them. */
export const PROVIDER_NAMES = [
  'zipkin',
  'Zipkin',
  'otel',
  'OTEL',
  'otel-http',
  'datadog',
  'skywalking',
  'dynatrace',
  'prometheus',
  'envoy',
  'access-log',
  'without-service',
  'other-port',
  'ambiguous',
  'chosen',
  'unknown',
] as const;

const PERCENTAGES = [0, 0.005, 0.01, 0.29, 1, 5, 12.5, 37.5, 50, 99.999, 100];
const TAG_NAMES = ['team', 'tenant', 'tier', 'a', 'B', 'istio.mesh_id', 'ä.ö'];

/** A custom tag of any kind that the API server accepts. */
export function customTag(random: Random): CustomTag {
  const defaultValue = random.maybe(0.5, () => random.pick(['', 'none']));
  const name = random.pick(['x-tenant', 'X-Team', 'DEPLOY_TIER']);
  const named = { name, ...(defaultValue !== undefined && { defaultValue }) };
  return random.pick<() => CustomTag>([
    () => ({ literal: { value: random.pick(['storefront', '0', ' ']) } }),
    () => ({ header: named }),
    () => ({ environment: named }),
    () => ({ formatter: { value: random.pick(['%REQ(x)%', 'a', '%%']) } }),
    () => ({}),
  ])();
}

/** A map of custom tags, at times an empty one. */
export function customTags(random: Random): Record<string, CustomTag> {
  if (random.chance(0.2)) return {};
  const names = random.some(TAG_NAMES, 0.4);
  return Object.fromEntries(names.map(name => [name, customTag(random)]));
}

/** A nullable flag as people write it, null included. */
function flag(random: Random): boolean | null {
  return random.pick([true, true, false, false, null]);
}

/** One entry of `spec.tracing`, possibly empty. */
export function tracingEntry(random: Random): TelemetryTracing {
  const provider = () => ({ name: random.pick(PROVIDER_NAMES) });
  const working = () => ({ name: random.pick(['zipkin', 'OTEL', 'datadog']) });
  const entry: TelemetryTracing = {
    match: random.maybe(0.45, () =>
      random.pick([
        {},
        { mode: 'CLIENT' },
        { mode: 'SERVER' },
        { mode: 'CLIENT_AND_SERVER' },
      ] as const),
    ),
    providers: random.maybe(0.45, () =>
      random.pick([
        () => [],
        () => [provider()],
        () => [working()],
        () => [working()],
        () => [provider(), provider()],
      ])(),
    ),
    randomSamplingPercentage: random.maybe(0.5, () =>
      random.pick([...PERCENTAGES, null]),
    ),
    disableSpanReporting: random.maybe(0.15, () => flag(random)),
    customTags: random.maybe(0.4, () => customTags(random)),
    enableIstioTags: random.maybe(0.2, () => flag(random)),
    useRequestIdForTraceSampling: random.maybe(0.2, () => flag(random)),
    disableContextPropagation: random.maybe(0.2, () => flag(random)),
  };
  return withoutUndefined(entry);
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined),
  ) as T;
}

/** Labels for selectors and proxies: few values, so that many match. */
export function someLabels(random: Random): Record<string, string> {
  return {
    ...(random.chance(0.7) && { app: random.pick(['x', 'x', 'y']) }),
    ...(random.chance(0.4) && { v: random.pick(['1', '2']) }),
  };
}

/** A reference to something in or near the plot, or to nothing. */
export function targetRef(random: Random): PolicyTargetReference {
  const gateway = 'gateway.networking.k8s.io';
  return random.pick<() => PolicyTargetReference>([
    () => ({ kind: 'Gateway', group: gateway, name: WAYPOINT_NAME }),
    () => ({ kind: 'Gateway', group: gateway, name: WAYPOINT_NAME }),
    () => ({ kind: 'Gateway', group: gateway, name: GATEWAY_NAME }),
    () => ({
      kind: 'GatewayClass',
      group: gateway,
      name: random.pick(['istio-waypoint', 'istio-waypoint', 'istio']),
    }),
    () => ({
      kind: 'Service',
      group: random.pick(['', 'core']),
      name: random.pick(['local', 'far', 'own', 'lent', 'upper', 'ext']),
    }),
    () => ({
      kind: 'Service',
      name: random.pick(['local', 'far', 'own', 'lent']),
    }),
    () => ({
      kind: 'ServiceEntry',
      group: 'networking.istio.io',
      name: random.pick(['ext', 'ext', 'far']),
    }),
  ])();
}

function attachment(random: Random): TelemetrySpec {
  const labels = () =>
    random.chance(0.15)
      ? { [GATEWAY_NAME_LABEL]: random.pick([GATEWAY_NAME, WAYPOINT_NAME]) }
      : someLabels(random);
  const refs = () =>
    Array.from({ length: random.between(1, 3) }, () => targetRef(random));
  return random.pick<() => TelemetrySpec>([
    () => ({}),
    () => ({}),
    () => ({ selector: {} }),
    () => ({ selector: { matchLabels: {} } }),
    () => ({ targetRefs: [] }),
    () => ({ selector: { matchLabels: labels() } }),
    () => ({ selector: { matchLabels: labels() } }),
    () => ({ selector: { matchLabels: labels() } }),
    () => ({ targetRef: targetRef(random) }),
    () => ({ targetRefs: refs() }),
    () => ({ targetRefs: refs() }),
    () => ({ targetRefs: refs() }),
  ])();
}

/** The `spec` of a Telemetry that CRD and webhook accept. */
export function telemetrySpec(random: Random): TelemetrySpec {
  const entries = Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, () =>
    tracingEntry(random),
  );
  const content = random.pick<() => TelemetrySpec>([
    ...Array.from({ length: 9 }, () => () => ({ tracing: entries })),
    () => ({ tracing: [] }),
    () => ({ metrics: [{ providers: [{ name: 'prometheus' }] }] }),
    () => ({}),
  ])();
  return { ...attachment(random), ...content };
}
