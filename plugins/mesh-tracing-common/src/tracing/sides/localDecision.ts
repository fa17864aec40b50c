import type { EffectiveTracingSide } from '../model/EffectiveTracing';
import { parseIstioVersion } from '../model/istioVersion';
import { SINCE } from '../model/sinceVersion';

/** @public */
export type Deciding = Pick<
  EffectiveTracingSide,
  'spanReporting' | 'provider' | 'samplingParts' | 'useRequestId'
>;

/**
 * Percent of the requests without a decision yet that a proxy samples. Without
 * `x-request-id` as its source it samples all (Envoy: UUIDRequestIDExtension).
 * @public
 */
export function localDecisionPercent(side: Deciding | undefined): number {
  if (side?.spanReporting !== 'reported') return 0;
  return side.useRequestId.value ? side.samplingParts / 100 : 100;
}

/**
 * Percent of the traces sampled before that keep their spans from a proxy on,
 * when `x-request-id` does not bring the decision along. With OpenTelemetry an
 * Envoy of Istio 1.31 or newer samples what its parent and itself would (Envoy
 * 1.39: OpenTelemetry tracer); others follow their parent.
 *
 * @param proxyVersion - as the proxy reports it; unknown counts as the newest
 */
export function keptPercent(
  side: Deciding | undefined,
  proxyVersion: string | undefined,
): number {
  if (side?.spanReporting !== 'reported') return 0;
  return mayDropSampled(
    side.provider.value?.kind,
    parseIstioVersion(proxyVersion),
  )
    ? localDecisionPercent(side)
    : 100;
}

/** Whether a proxy's own decision may end a trace that its parent samples. */
export function mayDropSampled(
  providerKind: string | undefined,
  proxyVersion: number,
): boolean {
  return (
    providerKind === 'opentelemetry' &&
    proxyVersion >= SINCE.localDecisionMayDrop
  );
}
