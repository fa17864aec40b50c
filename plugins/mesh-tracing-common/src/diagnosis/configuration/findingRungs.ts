import type { EffectiveTracing, TracingFindingCode } from '../../tracing';
import type { Finding } from '../../shared/Finding';
import type { RungId } from '../model/rungIds';

/**
 * What a finding about effective tracing does to its rung. `off`: this side of the
 * proxy makes no spans, so that the rung is broken where no other side does.
 * `broken` and `doubtful`: the rung is so. `note`: nothing, it only explains.
 */
export type FindingWeight = 'off' | 'broken' | 'doubtful' | 'note';

const on = <R extends RungId, W extends FindingWeight>(rung: R, weight: W) => ({
  rung,
  weight,
});

/** The rung on which each finding about effective tracing acts. */
export const FINDING_RUNGS = {
  'waypoint-missing': on('in-mesh', 'broken'),
  'waypoint-not-ready': on('in-mesh', 'broken'),
  'waypoint-attachment-denied': on('in-mesh', 'broken'),
  'ambient-without-waypoint': on('in-mesh', 'broken'),
  'waypoint-other-traffic': on('in-mesh', 'doubtful'),
  'waypoint-skipped-by-ingress': on('in-mesh', 'note'),
  'waypoint-differs-by-service': on('in-mesh', 'note'),

  'telemetry-malformed': on('telemetry', 'broken'),
  'several-namespace-wide': on('telemetry', 'doubtful'),
  'namespace-wide-hides-tracing': on('telemetry', 'doubtful'),
  'root-selector-without-effect': on('telemetry', 'doubtful'),
  'selector-on-waypoint': on('telemetry', 'doubtful'),
  'selector-on-gateway-disabled': on('telemetry', 'doubtful'),
  'gateway-class-without-effect': on('telemetry', 'doubtful'),
  'gateway-policy-skips-service': on('telemetry', 'doubtful'),
  'selector-without-sidecar': on('telemetry', 'doubtful'),
  'overlapping-workload-telemetries': on('telemetry', 'doubtful'),
  'mode-without-effect': on('telemetry', 'doubtful'),
  'field-needs-newer-version': on('telemetry', 'doubtful'),
  'mesh-config-malformed': on('telemetry', 'doubtful'),
  // The rung that an EnvoyFilter acts on follows from what it touches.
  'envoy-filter-touches-tracing': on('telemetry', 'note'),
  'error-sampling-misunderstood': on('telemetry', 'note'),
  'tag-name-reserved': on('telemetry', 'note'),
  'custom-tags-replaced': on('telemetry', 'note'),
  'tag-environment-missing': on('telemetry', 'note'),
  'second-provider-ignored': on('telemetry', 'note'),
  'discovery-selectors': on('telemetry', 'note'),
  'istiod-version-unknown-to-product': on('telemetry', 'note'),

  'tracing-off-by-omission': on('provider', 'off'),
  'provider-unknown': on('provider', 'off'),
  'default-provider-unknown': on('provider', 'off'),
  'provider-cannot-trace': on('provider', 'off'),
  'provider-service-unknown': on('provider', 'off'),
  'provider-sampler-unusable': on('provider', 'off'),
  'provider-breaks-istiod': on('provider', 'broken'),
  'sidecar-egress-hides-provider': on('provider', 'broken'),
  // What can't be read makes the rung unknown, which its judge says itself.
  'mesh-config-assumed': on('provider', 'note'),
  'second-default-provider-ignored': on('provider', 'note'),
  'legacy-path': on('provider', 'note'),

  'sampling-out-of-range': on('sampling', 'broken'),
  'sampling-below-resolution': on('sampling', 'off'),
  'zero-percent-reporting': on('sampling', 'off'),
  'proxy-config-sampling-out-of-range': on('sampling', 'doubtful'),
  'istiod-sampling-out-of-range': on('sampling', 'note'),
  'request-id-not-used': on('sampling', 'note'),
  'istiod-environment-assumed': on('sampling', 'note'),
  'provider-sampler-decides': on('sampling', 'note'),
  'proxy-config-outdated': on('sampling', 'note'),

  'reporting-disabled': on('reporting', 'off'),
  'enable-tracing-without-effect': on('reporting', 'note'),

  'tag-without-kind': on('accepted', 'broken'),
  'tag-formatter-malformed': on('accepted', 'broken'),

  'mesh-zero-percent': on('decision', 'doubtful'),
  'sampling-cuts-traces': on('decision', 'doubtful'),
  'sampling-not-first-hop': on('decision', 'note'),
} as const satisfies Record<
  TracingFindingCode,
  { rung: RungId; weight: FindingWeight }
>;

type Places = typeof FINDING_RUNGS;

/** A code that makes its rung worse. */
export type FaultCode = {
  [Code in keyof Places]: Places[Code]['weight'] extends 'note' ? never : Code;
}[keyof Places];

/** A finding that makes its rung worse. */
export interface Fault extends Finding {
  code: FaultCode;
  weight: Exclude<FindingWeight, 'note'>;
}

/** The findings that make a rung worse, those that weigh most first. */
export function faultsOn(
  rung: RungId,
  { findings }: Pick<EffectiveTracing, 'findings'>,
): Fault[] {
  const faults = findings.flatMap(finding => {
    const code = finding.code as TracingFindingCode;
    const place = FINDING_RUNGS[code];
    return place?.rung === rung && place.weight !== 'note'
      ? [{ ...finding, code: code as FaultCode, weight: place.weight }]
      : [];
  });
  const isDoubt = ({ weight }: Fault) => Number(weight === 'doubtful');
  return faults.sort((a, b) => isDoubt(a) - isDoubt(b));
}

/** The findings that only explain a rung. */
export function notesOn(
  rung: RungId,
  { findings }: Pick<EffectiveTracing, 'findings'>,
): Finding[] {
  return findings.filter(({ code }) => {
    const place = FINDING_RUNGS[code as TracingFindingCode];
    return place?.rung === rung && place.weight === 'note';
  });
}
