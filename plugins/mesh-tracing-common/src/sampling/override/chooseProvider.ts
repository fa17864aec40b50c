import type { PolicyVerdictView } from '../../api';
import type {
  EffectiveTracing,
  MeshTracingInputs,
  Telemetry,
} from '../../tracing';
import { tracingProviderNames } from '../../meshconfig';

/** Undefined name = the chain supplies a provider, none is written. */
export interface ProviderChoice {
  name?: string;
  problem?: PolicyVerdictView;
}

/**
 * The provider that an override must carry, so that it never switches tracing
 * off by omission: a tracing entry without a provider anywhere in the chain
 * means disabled (Istio: telemetry.go). Order: the one asked for, the one that
 * the override carries already, none where each side inherits one that traces.
 */
export function chooseProvider(options: {
  requested?: string;
  current?: Telemetry;
  inherited: EffectiveTracing;
  inputs: MeshTracingInputs;
}): ProviderChoice {
  const { inherited, inputs } = options;
  const known = tracingProviderNames(inputs.meshConfig);
  const wanted =
    options.requested ??
    options.current?.spec?.tracing?.find(entry => entry)?.providers?.[0]?.name;
  const choices =
    known.length > 0
      ? `Choose one of: ${known.join(', ')}`
      : 'The mesh config defines no provider that can trace; ask those who run the mesh to add one';
  if (wanted !== undefined) {
    const match = known.find(
      name => name.toLowerCase() === wanted.toLowerCase(),
    );
    return match || !inputs.meshConfigKnown
      ? { name: match ?? wanted }
      : {
          problem: refuse(
            `The mesh has no provider '${wanted}' that can trace. ${choices}`,
          ),
        };
  }
  const sides = [inherited.client, inherited.server].filter(
    (side): side is NonNullable<typeof side> => side !== undefined,
  );
  const supplied =
    inherited.path === 'telemetry' &&
    sides.every(side => side.provider.value?.canTrace);
  return supplied || inherited.path === 'none'
    ? {}
    : {
        problem: refuse(
          `Neither the mesh nor a Telemetry supplies a provider here, so a change without one would switch tracing off. ${choices}`,
        ),
      };
}

function refuse(message: string): PolicyVerdictView {
  return {
    rule: 'provider-required',
    allowed: false,
    message,
    field: 'provider',
  };
}
