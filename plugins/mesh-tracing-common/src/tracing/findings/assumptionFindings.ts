import type { TracingSide } from '../model/EffectiveTracing';
import { formatPercent } from '../../shared/formatPercent';
import type { FoldedSide } from '../resolve/foldTracing';
import { sidesOf } from '../sides/sidesOf';
import type { Resolution } from '../resolve/Resolution';
import { istioVersion } from '../model/istioVersion';
import { resourcesOf, type FindingList } from './FindingList';

/**
 * Releases whose rules were read in Istio's source; the newest one was also run
 * beside this code.
 */
const COMPARED = {
  from: istioVersion(1, 20),
  before: istioVersion(1, 33),
  text: '1.20 to 1.32',
} as const;

/**
 * Findings about what had to be assumed, about the layers below Telemetry, and
 * about versions.
 */
export function addAssumptionFindings(
  list: FindingList,
  resolution: Resolution,
): void {
  const { inputs, mesh, context } = resolution;
  if (inputs.meshConfigKnown === false) {
    const what =
      'The mesh config could not be read: istio-system as root namespace, no default provider and existing providers are assumed.';
    list.add('mesh-config-assumed', what);
  }
  if (mesh.hidesNamespaces) {
    const what =
      'The mesh config has discoverySelectors, so istiod may not see all Telemetries.';
    list.add('discovery-selectors', what);
  }
  if (mesh.defaultProviders.length > 1) {
    const [first, ...others] = mesh.defaultProviders;
    const what = `Of the default providers only ${first} counts, not ${others.join(
      ', ',
    )}.`;
    list.add('second-default-provider-ignored', what);
  }
  for (const { path, message } of [
    ...mesh.problems,
    ...context.proxyProblems,
  ].slice(0, 5)) {
    const what = `${path || 'The mesh config'} ${message}.`;
    list.add('mesh-config-malformed', what);
  }
  if (!resolution.sides.folded) addLegacy(list, resolution);
  addEnableTracing(list, resolution);
  addIstiodVersion(list, resolution);
  addFallback(list, resolution);
  for (const side of sidesOf(context.proxy.kind)) {
    const folded = resolution.sides.folded?.[side];
    if (folded) addVersionGated(list, resolution, side, folded);
  }
}

/**
 * Only a contradiction is told: Istio's own installation sets `enableTracing` to
 * true, which is no mistake.
 */
function addEnableTracing(
  list: FindingList,
  { context, mesh, sides }: Resolution,
): void {
  if (!mesh.enableTracingStated) return;
  const traces = sidesOf(context.proxy.kind).some(
    side => sides.listeners[side].enabled.value,
  );
  if (!mesh.enableTracing && sides.folded && traces) {
    const what =
      'meshConfig.enableTracing is false, and tracing is on all the same.';
    list.add('enable-tracing-without-effect', what);
  }
  if (
    mesh.enableTracing &&
    !sides.folded &&
    context.proxyTracing.tracer === undefined
  ) {
    const what =
      'meshConfig.enableTracing is true, which names no provider: no spans leave this proxy.';
    list.add('enable-tracing-without-effect', what);
  }
}

function addIstiodVersion(
  list: FindingList,
  { inputs, istiod }: Resolution,
): void {
  const version = inputs.istiod?.version;
  if (version === undefined || !Number.isFinite(istiod.version)) return;
  if (istiod.version >= COMPARED.from && istiod.version < COMPARED.before) {
    return;
  }
  const what = `istiod is ${version}; effective tracing was compared with ${COMPARED.text}.`;
  list.add('istiod-version-unknown-to-product', what);
}

function addLegacy(list: FindingList, { mesh, context }: Resolution): void {
  const tracer = context.proxyTracing.tracer;
  const bootstrap = tracer
    ? `the ${tracer} tracer of the pod's bootstrap is used`
    : "the pod's bootstrap configures no tracer, so no spans leave it";
  const what = mesh.enableTracing
    ? `No Telemetry and no default provider concern this workload: ${bootstrap}.`
    : 'No Telemetry and no default provider concern this workload, and enableTracing is false: tracing is off.';
  list.add('legacy-path', what);
}

/** Findings about what counts where no Telemetry sets the percentage. */
function addFallback(list: FindingList, resolution: Resolution): void {
  const { context, istiod, mesh } = resolution;
  const { listeners } = resolution.sides;
  const sources = sidesOf(context.proxy.kind).map(
    side => listeners[side].samplingPercent.source,
  );
  const falls = sources.find(
    source =>
      source.kind === 'istiod-environment' ||
      source.kind === 'proxy-config' ||
      source.kind === 'built-in-default',
  );
  if (!falls) return;
  if (falls.kind === 'istiod-environment') {
    const percent = istiod.istiod.traceSamplingPercent;
    if (falls.assumed) {
      const what = `istiod's environment could not be read: ${formatPercent(
        context.istiodSampling.value,
      )} is assumed.`;
      list.add('istiod-environment-assumed', what);
    } else if (percent !== undefined && !(percent >= 0 && percent <= 100)) {
      const what = `PILOT_TRACE_SAMPLING is ${percent}, which istiod takes as 1 %.`;
      list.add('istiod-sampling-out-of-range', what);
    }
  }
  const own = context.proxyTracing.samplingPercent;
  if (own !== undefined && !(own >= 0 && own <= 100)) {
    const effect =
      own > 100 ? 'istiod takes as 1 %' : 'Envoy refuses the listener for';
    const what = `The ProxyConfig's sampling is ${own}, which ${effect}.`;
    list.add('proxy-config-sampling-out-of-range', what);
  }
  const present = mesh.defaultProxyTracing.samplingPercent;
  if (context.proxy.proxyConfig && present !== undefined && present !== own) {
    const what = `The mesh's defaultConfig samples ${formatPercent(
      present,
    )}, but this pod was started without that.`;
    list.add('proxy-config-outdated', what);
  }
}

function addVersionGated(
  list: FindingList,
  { context }: Resolution,
  side: TracingSide,
  folded: FoldedSide,
): void {
  const tags = folded.customTags.at(-1);
  const report = (what: string, source: { kind: string }) =>
    list.add('field-needs-newer-version', what, resourcesOf(source), side);
  if (tags && !context.formatterTags) {
    const names = Object.keys(tags.value).filter(
      name => tags.value[name]?.formatter,
    );
    if (names.length > 0) {
      const list8 = names.sort().slice(0, 8).join(', ');
      const what = `Custom tags with a formatter need Istio and a proxy of 1.29 and are not sent: ${list8}.`;
      report(what, tags.source);
    }
  }
  const { disableContextPropagation, istioTags } = folded;
  if (disableContextPropagation.value && !context.contextPropagationSwitch) {
    const what =
      'disableContextPropagation needs Istio and a proxy of 1.30 and is ignored: trace headers are passed on.';
    report(what, disableContextPropagation.source);
  }
  if (!istioTags.value && !context.istioTagsInApi) {
    const what =
      "enableIstioTags needs Istio 1.25 and is ignored: Istio's tags are on.";
    report(what, istioTags.source);
  }
}
