import { GATEWAY_NAME_LABEL } from '../chain/attachment';
import type { CustomTag } from '../../meshconfig';
import type { Telemetry } from '../telemetry/Telemetry';
import type { TelemetryReading } from '../telemetry/readTelemetry';
import type { TracingEntry } from '../telemetry/readTracingEntry';
import type {
  ProviderFailure,
  ProviderRegistry,
} from '../resolve/ProviderRegistry';
import { TRACING_SIDES } from '../sides/sideFields';
import { DefaultTracingResolver } from '../resolve/TracingResolver';
import { applyChange } from '../simulate/applyChange';
import type {
  MeshTracingInputs,
  TracingProxy,
} from '../model/MeshTracingInputs';
import { formatterProblem } from '../tags/formatterProblem';
import { reservedTagName } from '../tags/reservedTagName';
import type { TracingFindingCode } from '../findings/findingCatalog';
import type { TelemetryError } from './TelemetryValidation';

/** A refusal, with the code that the finding of a resource like it has. */
export interface PortalError extends TelemetryError {
  code: TracingFindingCode;
}

/**
 * What neither the CRD nor the webhook notices and what a user must not be
 * allowed to do: it would block a proxy's listener, lose a tag, or switch
 * tracing off by accident.
 */
export function portalErrors(
  reading: TelemetryReading,
  telemetry: Telemetry,
  inputs: MeshTracingInputs | undefined,
): PortalError[] {
  const errors = reading.entries.flatMap(tagErrors);
  if (!inputs) return errors;
  const providers = DefaultTracingResolver.create(inputs).providers;
  const providerErrors = reading.entries.flatMap(entry =>
    providerError(entry, providers),
  );
  const byOmission =
    providerErrors.length === 0
      ? omissionErrors(reading, telemetry, inputs)
      : [];
  return [...errors, ...providerErrors, ...byOmission];
}

function refusal(
  code: TracingFindingCode,
  path: string,
  message: string,
): PortalError {
  return { by: 'portal', path, message, code };
}

function tagErrors(entry: TracingEntry): PortalError[] {
  return Object.entries(entry.customTags ?? {}).flatMap(([name, tag]) => {
    const path = `spec.tracing[${entry.index}].customTags.${name}`;
    const errors: PortalError[] = [];
    const owner = reservedTagName(name);
    if (owner) {
      const message = `${name} is one of ${owner}'s own tags; with two of one name it is undefined which one the span gets`;
      errors.push(refusal('tag-name-reserved', path, message));
    }
    const problem = tagProblem(tag);
    if (problem) {
      const code = tag.formatter
        ? 'tag-formatter-malformed'
        : 'tag-without-kind';
      errors.push(refusal(code, path, problem));
    }
    return errors;
  });
}

function tagProblem(tag: CustomTag): string | undefined {
  if (tag.formatter) {
    const problem = formatterProblem(tag.formatter.value ?? '');
    return problem && `${problem}; Envoy would refuse the whole listener`;
  }
  if (tag.literal || tag.header || tag.environment) return undefined;
  return 'a tag needs a kind: literal, environment, header or formatter; without one Envoy refuses the whole listener';
}

const FAILURES: Record<ProviderFailure, string> = {
  'cannot-trace': 'is of a kind that cannot trace, so tracing would be off',
  'service-unknown':
    'names a service that istiod does not know, so tracing would be off',
  'sampler-unusable':
    'has a Dynatrace sampler without usable HTTP settings, so tracing would be off',
  'breaks-istiod':
    'is a Lightstep provider, on which istiod since 1.27 fails to generate listeners',
};

const FAILURE_CODES: Record<ProviderFailure, TracingFindingCode> = {
  'cannot-trace': 'provider-cannot-trace',
  'service-unknown': 'provider-service-unknown',
  'sampler-unusable': 'provider-sampler-unusable',
  'breaks-istiod': 'provider-breaks-istiod',
};

function providerError(
  entry: TracingEntry,
  providers: ProviderRegistry,
): PortalError[] {
  const name = entry.providers[0];
  if (!name) return [];
  const path = `spec.tracing[${entry.index}].providers[0].name`;
  const found = providers.lookup(name);
  if (!found) {
    const known = providers.tracingNames().join(', ') || 'none';
    const message = `the mesh has no provider ${name}, so tracing would be off; providers that can trace: ${known}`;
    return [refusal('provider-unknown', path, message)];
  }
  return found.failure
    ? [
        refusal(
          FAILURE_CODES[found.failure],
          path,
          `provider ${name} ${FAILURES[found.failure]}`,
        ),
      ]
    : [];
}

/**
 * An entry without provider where none is inherited takes its workloads off the
 * legacy path or leaves them without provider: tracing is off, with no word of
 * it in the resource. Only what this object itself brings about counts.
 */
function omissionErrors(
  reading: TelemetryReading,
  put: Telemetry,
  inputs: MeshTracingInputs,
): PortalError[] {
  if (reading.entries.length === 0 || reading.problems.length > 0) return [];
  const proxy = exampleProxy(reading);
  const telemetries = applyChange(inputs.telemetries, { put });
  const resolver = DefaultTracingResolver.create({ ...inputs, telemetries });
  const trace = resolver.trace(proxy);
  const { chain } = trace;
  const { folded } = trace.sides;
  const applies = chain.links.some(
    link =>
      link.reading.namespace === reading.namespace &&
      link.reading.name === reading.name,
  );
  if (!folded || !applies) return [];
  const off = TRACING_SIDES.filter(side => {
    const { provider, reporting } = folded[side];
    return (
      provider.value === null &&
      reporting.value &&
      folded[side].providerName === undefined
    );
  });
  if (off.length === 0) return [];
  const sides = off.length === 2 ? '' : ` on the ${off[0]} side`;
  const entry = reading.entries.findIndex(item => off.some(s => item[s]));
  const message = `no provider is named here or inherited, so this would switch tracing off${sides}; name a provider`;
  return [
    refusal(
      'tracing-off-by-omission',
      `spec.tracing[${Math.max(entry, 0)}].providers`,
      message,
    ),
  ];
}

/** A proxy that the Telemetry applies to. */
function exampleProxy(reading: TelemetryReading): TracingProxy {
  const gateway = reading.targetRefs.find(ref => ref.kind === 'Gateway');
  return {
    kind: 'sidecar',
    namespace: reading.namespace,
    labels: gateway
      ? { [GATEWAY_NAME_LABEL]: gateway.name }
      : Object.fromEntries(reading.matchLabels),
  };
}
