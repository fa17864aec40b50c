import type { OverrideRequest } from '../../api';
import type { Finding } from '../../shared/Finding';
import type {
  EffectiveTracing,
  EffectiveTracingSide,
  Telemetry,
} from '../../tracing';
import { scopeOfOverride } from '../override/overrideScope';

/**
 * Whether an override does what it was asked to, judged by the effective
 * tracing with it in place: other workload-level Telemetries that outrank it
 * (all attach, the newest wins per field; Istio: telemetry.go) or that it
 * outranks, and tracing that stays off.
 * @public
 */
export function attachmentFindings(
  override: Telemetry,
  after: EffectiveTracing,
  request: Pick<OverrideRequest, 'samplingPercent' | 'disableSpanReporting'>,
): Finding[] {
  const rank =
    scopeOfOverride(override) === 'workload' ? rankFindings : wideRankFindings;
  return [...rank(override, after), ...stateFindings(after, request)];
}

function rankFindings(override: Telemetry, after: EffectiveTracing): Finding[] {
  const { name, namespace } = override.metadata;
  const nearest = after.chain.filter(link => link.level === 'workload');
  const own = nearest.findIndex(
    link => link.name === name && link.namespace === namespace,
  );
  if (own === -1) {
    return notAttached(override, after);
  }
  const refs = (links: typeof nearest) =>
    links.map(link => `${link.namespace}/${link.name}`);
  const newer = refs(nearest.slice(own + 1));
  const older = refs(nearest.slice(0, own));
  const findings: Finding[] = [];
  if (newer.length > 0) {
    findings.push({
      severity: 'warning',
      code: 'workload-telemetry-wins',
      what: `${newer.join(
        ', ',
      )} attaches to this workload too and is newer, so what it sets wins over the override.`,
      whatToDo:
        'Ask its owner to remove it, or revert the override and set it anew, which makes it the newest.',
      resources: newer,
    });
  }
  if (older.length > 0) {
    findings.push({
      severity: 'info',
      code: 'workload-telemetry-overridden',
      what: `${older.join(
        ', ',
      )} attaches to this workload too; the override, being newer, wins over it.`,
      whatToDo: 'Nothing: it counts again when the override ends.',
      resources: older,
    });
  }
  return findings;
}

function notAttached(
  { metadata: { name, namespace } }: Telemetry,
  after: EffectiveTracing,
): Finding[] {
  return after.path === 'none'
    ? []
    : [
        {
          severity: 'error',
          code: 'override-does-not-attach',
          what: 'istiod would not attach this Telemetry to the workload.',
          whatToDo: 'Look at the list of ignored resources for the reason.',
          resources: [`${namespace}/${name}`],
        },
      ];
}

/** What stands nearer to the workload wins, whatever its age. */
function wideRankFindings(
  override: Telemetry,
  after: EffectiveTracing,
): Finding[] {
  const { name, namespace } = override.metadata;
  const own = after.chain.findIndex(
    link => link.name === name && link.namespace === namespace,
  );
  if (own === -1) {
    return notAttached(override, after);
  }
  const nearer = after.chain
    .slice(own + 1)
    .map(link => `${link.namespace}/${link.name}`);
  return nearer.length === 0
    ? []
    : [
        {
          severity: 'info',
          code: 'nearer-telemetry-wins',
          what: `For the workload that this page is about, ${nearer.join(
            ', ',
          )} is nearer, so what it sets wins over the override.`,
          whatToDo: 'Change the workload by itself, if it should follow.',
          resources: nearer,
        },
      ];
}

function stateFindings(
  after: EffectiveTracing,
  request: Pick<OverrideRequest, 'samplingPercent' | 'disableSpanReporting'>,
): Finding[] {
  const sides = Object.entries({
    outbound: after.client,
    inbound: after.server,
  }).filter(
    (pair): pair is [string, EffectiveTracingSide] => pair[1] !== undefined,
  );
  const off = sides.filter(
    ([, side]) => !side.enabled.value && !request.disableSpanReporting,
  );
  const differing = sides.filter(
    ([, side]) =>
      side.enabled.value &&
      request.samplingPercent !== null &&
      side.samplingPercent.value !== request.samplingPercent,
  );
  const truncated = sides.some(
    ([, side]) =>
      side.enabled.value &&
      request.samplingPercent !== null &&
      request.samplingPercent >= 0.01 &&
      side.samplingPercent.value === request.samplingPercent &&
      side.samplingParts !== Math.round(request.samplingPercent * 100),
  );
  const findings: Finding[] = [];
  if (off.length > 0) {
    findings.push({
      severity: 'warning',
      code: 'tracing-stays-off',
      what: `Tracing stays off for ${names(off)} traffic with this change.`,
      whatToDo:
        'Look at where "enabled" and "provider" come from; reporting may be disabled on a level above.',
    });
  }
  if (differing.length > 0) {
    findings.push({
      severity: 'warning',
      code: 'sampling-not-effective',
      what: `For ${names(differing)} traffic the sampling stays ${
        differing[0]?.[1].samplingPercent.value
      } %, not ${request.samplingPercent} %.`,
      whatToDo: 'Look at where the sampling comes from.',
    });
  }
  if (truncated) {
    findings.push({
      severity: 'info',
      code: 'sampling-truncated',
      what: `Envoy cuts ${request.samplingPercent} % to the next lower step of its own, 0.01 % less.`,
      whatToDo: 'Nothing; the live proxy shows that number.',
    });
  }
  return findings;
}

function names(sides: Array<[string, EffectiveTracingSide]>): string {
  return sides.map(([name]) => name).join(' and ');
}
