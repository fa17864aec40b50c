import {
  formatWorkloadRef,
  gitOpsOwner,
  TRACING_SIDES,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  OverrideRequest,
  OverrideScope,
  PolicyVerdictView,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { describeOwner } from '../model/describeOwner';
import type { SamplingConfig } from '../config/SamplingConfig';
import type { TracingChange } from '../model/simulateOverride';

const WHAT: Record<OverrideScope, string> = {
  workload: 'a workload',
  namespace: 'a whole namespace',
  mesh: 'the whole mesh',
};

/** Verdicts on how far a change reaches. */
export function scopeVerdicts(options: {
  config: Pick<SamplingConfig, 'scopes'>;
  request: OverrideRequest;
  rival: Telemetry | undefined;
  changes: readonly TracingChange[];
}): PolicyVerdictView[] {
  const { config, request, rival } = options;
  const { scope = 'workload' } = request;
  const configured = [configuredScope(config, scope)];
  return scope === 'workload'
    ? configured
    : [...configured, onlyOne(rival), staysOn(options)];
}

/** Whether a site lets changes reach that far at all. */
export function configuredScope(
  config: Pick<SamplingConfig, 'scopes'>,
  scope: OverrideScope,
): PolicyVerdictView {
  const allowed = config.scopes.includes(scope);
  return {
    rule: 'scope',
    allowed,
    message: allowed
      ? `Changes of ${WHAT[scope]} are switched on`
      : `Changes of ${WHAT[scope]} are not switched on here (meshTracing.sampling.scopes)`,
    field: 'scope',
  };
}

function onlyOne(rival: Telemetry | undefined): PolicyVerdictView {
  const verdict = (allowed: boolean, message: string) => ({
    rule: 'namespace-wide-exists',
    allowed,
    message,
    field: 'scope',
  });
  if (!rival) {
    return verdict(true, 'No other Telemetry is for the whole namespace');
  }
  const owner = gitOpsOwner(rival.metadata);
  return verdict(
    false,
    `${rival.metadata.namespace}/${
      rival.metadata.name
    } is for the whole namespace already${
      owner ? `, managed by ${describeOwner(owner)}` : ''
    }. Istio looks at one such Telemetry only, the oldest, so a second one must not stand beside it. Make the change in that one`,
  );
}

/** A change of many must not switch tracing off for some of them by omission. */
function staysOn(options: {
  request: OverrideRequest;
  changes: readonly TracingChange[];
}): PolicyVerdictView {
  const { request, changes } = options;
  const verdict = (allowed: boolean, message: string) => ({
    rule: 'stays-on',
    allowed,
    message,
    field: 'provider',
  });
  if (request.disableSpanReporting) {
    return verdict(true, 'Tracing is switched off as asked');
  }
  const [first, ...more] = changes.filter(isSwitchedOff);
  return first
    ? verdict(
        false,
        `Tracing would be switched off for ${formatWorkloadRef(
          first.workload,
        )}${
          more.length > 0 ? ` and ${more.length} more` : ''
        }, since no provider would be left. Name a provider`,
      )
    : verdict(true, 'Tracing is switched off nowhere');
}

function isSwitchedOff({ before, after }: TracingChange): boolean {
  return TRACING_SIDES.some(
    side => before[side]?.enabled.value && after[side]?.enabled.value === false,
  );
}
