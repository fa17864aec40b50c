import { TRACING_SIDES } from 'backstage-plugin-mesh-tracing-common';
import type {
  EffectiveTracing,
  EffectiveTracingSide,
  OverrideRequest,
  PolicyVerdictView,
} from 'backstage-plugin-mesh-tracing-common';
import type { ReadObject } from '../model/PlannedOverride';
import type { SamplingConfig, SamplingFields } from '../config/SamplingConfig';
import type { TracingChange } from '../model/simulateOverride';

const WHAT: Record<keyof SamplingFields, string> = {
  provider: 'Another provider',
  disableSpanReporting: 'Switching span reporting',
  disableContextPropagation: 'Switching context propagation',
};

/**
 * One verdict for each field that a site switches on by itself, if the request
 * sets it to something else than what is in force. A provider must be named
 * where none is inherited, so there it is a choice that no switch forbids.
 */
export function fieldVerdicts(options: {
  config: SamplingConfig;
  request: OverrideRequest;
  object: ReadObject;
  inherited: EffectiveTracing;
  changes: TracingChange[];
}): PolicyVerdictView[] {
  const { config, request } = options;
  return (Object.keys(WHAT) as Array<keyof SamplingFields>)
    .filter(field => request[field] !== undefined)
    .map(field => {
      const allowed = config.fields[field] || isInForce(field, options);
      return {
        rule: 'fields',
        allowed,
        message: allowed
          ? `${WHAT[field]} is allowed here`
          : `${WHAT[field]} is not allowed here (meshTracing.sampling.fields.${field})`,
        field,
      };
    });
}

function isInForce(
  field: keyof SamplingFields,
  options: {
    request: OverrideRequest;
    object: ReadObject;
    inherited: EffectiveTracing;
    changes: TracingChange[];
  },
): boolean {
  const { inherited, object, request } = options;
  if (field !== 'provider') {
    // The field may stay as the present override has it. Sending the inherited
    // value is a choice of its own: it would win over a later setting for the
    // namespace or the mesh.
    const entry = object.current?.spec?.tracing?.find(Boolean);
    return request[field] === entry?.[field];
  }
  if (!options.changes.some(movesToAnotherProvider)) {
    return true;
  }
  const isRequested = ({ provider }: EffectiveTracingSide) =>
    isSameName(provider.value?.name, request.provider);
  return (
    (request.scope ?? 'workload') === 'workload' &&
    [inherited.client, inherited.server].every(
      side => !side || isRequested(side),
    )
  );
}

/** Whether spans would go to another provider than now. */
function movesToAnotherProvider({ before, after }: TracingChange): boolean {
  return TRACING_SIDES.some(side => {
    const was = before[side]?.provider.value?.name;
    return (
      was !== undefined && !isSameName(was, after[side]?.provider.value?.name)
    );
  });
}

/** istiod compares provider names without regard to letter case. */
function isSameName(one: string | undefined, other: string | undefined) {
  return one?.toLowerCase() === other?.toLowerCase();
}
