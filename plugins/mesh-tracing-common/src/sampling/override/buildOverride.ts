import {
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
  OVERRIDE_ANNOTATIONS,
} from '../../shared/annotations';
import type { OverrideRequest, PolicyVerdictView } from '../../api';
import type { Finding } from '../../shared/Finding';
import type {
  EffectiveTracing,
  MeshTracingInputs,
  Telemetry,
  TelemetrySpec,
  TelemetryTracing,
} from '../../tracing';
import type { ObjectMetadata } from '../../shared/ObjectMetadata';
import type { Workload } from '../../workloads';
import { attachOverride } from '../selector/attachOverride';
import type { OverrideAttachment } from '../selector/OverrideAttachment';
import { checkProxyVersions } from '../proxies/checkProxyVersions';
import { chooseProvider } from './chooseProvider';
import { workloadAnnotation } from './findOverride';
import { overrideName } from './overrideName';
import { overrideTarget, wideOverrideName } from './overrideScope';

/** What an override is built from. @public */
export interface OverrideInput {
  /** The workload that it is for, or by which its namespace or mesh is named. */
  workload: Workload;
  /** All workloads of the workload's cluster. */
  workloads: readonly Workload[];
  request: Omit<OverrideRequest, 'workload'>;
  /** Workloads that a wider change may touch; those that the selector matches when absent. */
  touched?: readonly Workload[];
  /** The portal's override as it is; absent = it will be created. */
  current?: Telemetry;
  /** Effective tracing of the workload without the portal's override. */
  inherited: EffectiveTracing;
  inputs: MeshTracingInputs;
  entityRef: string;
  /** Entity ref of the user. */
  changedBy: string;
  /** Id of the change, put on the object. */
  changeId: string;
}

/** An override as it would be written. @public */
export interface OverridePlan {
  telemetry: Telemetry;
  /** Other workloads that it attaches to as well; empty = proven exact. */
  otherWorkloads: Workload[];
  /**
   * The service or waypoint that it targets, in words, where that stands before
   * workloads which have no proxy of their own.
   */
  target?: string;
  /** Why it can't be written as it is; empty = it can. */
  problems: PolicyVerdictView[];
  findings: Finding[];
}

/** Without a selector: for the whole namespace, or from the root one for all. */
const UNSELECTIVE: OverrideAttachment = { spec: {}, others: [], findings: [] };

/**
 * Builds the one Telemetry by which the portal changes a workload, a namespace
 * or the mesh. Pure: the same input gives the same object.
 * @public
 */
export function buildOverride(input: OverrideInput): OverridePlan {
  const { workload, request, current, inputs } = input;
  const provider = chooseProvider({
    requested: request.provider,
    current,
    inherited: input.inherited,
    inputs,
  });
  const { scope = 'workload' } = request;
  const attachment =
    scope === 'workload'
      ? attachOverride(workload, input.workloads, inputs.istiod)
      : UNSELECTIVE;
  const tracing = tracingEntry(request, provider.name);
  const versions = checkProxyVersions({
    tracing,
    scope,
    current,
    workloads: input.touched ?? [workload, ...attachment.others],
  });
  const problems = [
    ...(provider.problem ? [provider.problem] : []),
    ...(attachment.problem ? [attachment.problem] : []),
    ...checkSampling(request.samplingPercent),
    ...checkContent(tracing),
    ...versions.problems,
  ];
  return {
    telemetry: {
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: {
        ...metadataOf(current),
        name:
          scope === 'workload'
            ? overrideName(workload, input.workloads, inputs.telemetries)
            : wideOverrideName(scope),
        namespace: overrideTarget(scope, workload, inputs.meshConfig).namespace,
        labels: {
          ...current?.metadata.labels,
          [MANAGED_BY_LABEL]: MANAGED_BY_VALUE,
        },
        annotations: annotations(input),
      },
      spec: {
        ...foreignParts(current),
        ...attachment.spec,
        tracing: [tracing],
      },
    },
    otherWorkloads: attachment.others,
    ...(attachment.target !== undefined && { target: attachment.target }),
    problems,
    findings: [
      ...attachment.findings,
      ...samplingFindings(request),
      ...versions.findings,
    ],
  };
}

/** Owner references, finalizers and the version stay; what the server keeps goes. */
function metadataOf(current: Telemetry | undefined): Partial<ObjectMetadata> {
  const { managedFields: _fields, ...metadata } = current?.metadata ?? {};
  return metadata;
}

/** Metrics and access logging that someone added to the object stay on it. */
function foreignParts(current: Telemetry | undefined): TelemetrySpec {
  const { metrics, accessLogging } = current?.spec ?? {};
  return {
    ...(metrics !== undefined && { metrics }),
    ...(accessLogging !== undefined && { accessLogging }),
  };
}

function annotations(input: OverrideInput): Record<string, string> {
  const { request, current } = input;
  const own = new Set<string>(Object.values(OVERRIDE_ANNOTATIONS));
  const foreign = Object.entries(current?.metadata.annotations ?? {}).filter(
    ([key]) => !own.has(key),
  );
  return {
    ...Object.fromEntries(foreign),
    ...((request.scope ?? 'workload') === 'workload' && {
      [OVERRIDE_ANNOTATIONS.workload]: workloadAnnotation(input.workload),
    }),
    [OVERRIDE_ANNOTATIONS.entity]: input.entityRef,
    [OVERRIDE_ANNOTATIONS.changedBy]: input.changedBy,
    [OVERRIDE_ANNOTATIONS.change]: input.changeId,
    ...(request.reason && { [OVERRIDE_ANNOTATIONS.reason]: request.reason }),
    ...(request.expiresAt !== null && {
      [OVERRIDE_ANNOTATIONS.expiresAt]: new Date(
        request.expiresAt,
      ).toISOString(),
    }),
  };
}

function tracingEntry(
  request: OverrideInput['request'],
  provider: string | undefined,
): TelemetryTracing {
  return {
    ...(provider !== undefined && { providers: [{ name: provider }] }),
    ...(request.samplingPercent !== null && {
      randomSamplingPercentage: request.samplingPercent,
    }),
    ...(request.disableSpanReporting !== undefined && {
      disableSpanReporting: request.disableSpanReporting,
    }),
    ...(request.disableContextPropagation !== undefined && {
      disableContextPropagation: request.disableContextPropagation,
    }),
    ...(request.customTags !== undefined && { customTags: request.customTags }),
  };
}

/** Two decimals, compared without the error of binary fractions. */
function checkSampling(percent: number | null): PolicyVerdictView[] {
  if (percent === null || Number(percent.toFixed(2)) === percent) {
    return [];
  }
  return [
    {
      rule: 'sampling-step',
      allowed: false,
      message: `Sampling goes in steps of 0.01 %; ${percent} % lies between two of them`,
      field: 'samplingPercent',
    },
  ];
}

function checkContent(tracing: TelemetryTracing): PolicyVerdictView[] {
  return Object.keys(tracing).length > 0
    ? []
    : [
        {
          rule: 'empty-override',
          allowed: false,
          message:
            'Nothing would differ from what is inherited: set sampling, tags, reporting or a provider',
          field: 'samplingPercent',
        },
      ];
}

function samplingFindings(request: OverrideInput['request']): Finding[] {
  const percent = request.samplingPercent;
  const findings: Finding[] = [];
  if (percent !== null && percent > 0 && percent < 0.01) {
    findings.push({
      severity: 'warning',
      code: 'sampling-below-resolution',
      what: `Envoy counts in steps of 0.01 %, so ${percent} % samples nothing.`,
      whatToDo: 'Choose at least 0.01 %, or 0.',
    });
  }
  if (request.disableSpanReporting) {
    findings.push({
      severity: 'warning',
      code: 'reporting-disabled',
      what: 'Disabling span reporting removes tracing from the proxy: it sends no spans, and requests that start here are traced by the next proxy only.',
      whatToDo:
        'Set sampling to 0 % instead if only the number of traces should fall.',
    });
  }
  if (request.disableContextPropagation) {
    findings.push({
      severity: 'warning',
      code: 'propagation-disabled',
      what: 'The proxies pass no trace headers on, to the application neither: what it calls starts traces of its own, and one request falls apart into several traces.',
      whatToDo: 'Use it only where trace headers must not leave the workload.',
    });
  }
  if (request.customTags !== undefined) {
    findings.push({
      severity: 'info',
      code: 'custom-tags-replace',
      what: 'The custom tags replace the inherited map as a whole; Istio never merges them.',
      whatToDo: 'Keep the inherited tags that you still want in the list.',
    });
  }
  return findings;
}
