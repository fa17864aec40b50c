import { z } from 'zod';
import type { CustomTag } from '../meshconfig';
import type {
  AmbientTracing,
  EffectiveTracing,
  EffectiveTracingSide,
  IgnoredReason,
  SpanReporting,
  TracingProvider,
  TracingSource,
} from '../tracing';
import { bindingViewSchema } from './bindingApi';
import { findingSchema } from './findingSchema';
import { overrideScopeSchema } from './sampling/overrideScopeSchema';
import { proxyAcceptanceSchema } from './sampling/proxyAcceptanceSchema';
import { samplingEffectSchema } from './sampling/samplingEffectSchema';
import { clusterStateSchema, workloadViewSchema } from './workloadsApi';

export const telemetryLevelSchema = z.enum([
  'root',
  'namespace',
  'service-namespace',
  'workload',
]);

export const ignoredReasonSchema = z.enum([
  'older-namespace-wide',
  'selector-does-not-match',
  'target-refs-on-sidecar',
  'target-ref-does-not-match',
  'selector-on-waypoint',
  'selector-on-gateway-disabled',
  'root-namespace-selector',
  'outside-current-namespace',
  'other-revision',
  'no-tracing',
  'mode-without-effect',
  'malformed',
]) satisfies z.ZodType<IgnoredReason>;

/** A custom tag, exactly one kind. */
export const customTagSchema = z.object({
  literal: z.object({ value: z.string().optional() }).optional(),
  environment: z
    .object({
      name: z.string().optional(),
      defaultValue: z.string().optional(),
    })
    .optional(),
  header: z
    .object({
      name: z.string().optional(),
      defaultValue: z.string().optional(),
    })
    .optional(),
  formatter: z.object({ value: z.string().optional() }).optional(),
}) satisfies z.ZodType<CustomTag>;

export const tracingSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('built-in-default') }),
  z.object({ kind: z.literal('mesh-default-provider'), provider: z.string() }),
  z.object({
    kind: z.literal('telemetry'),
    namespace: z.string(),
    name: z.string(),
    entry: z.number(),
    level: telemetryLevelSchema,
  }),
  z.object({
    kind: z.literal('proxy-config'),
    origin: z.enum(['pod', 'mesh-default-config']),
  }),
  z.object({
    kind: z.literal('istiod-environment'),
    variable: z.literal('PILOT_TRACE_SAMPLING'),
    assumed: z.boolean(),
  }),
  z.object({ kind: z.literal('provider-sampler'), provider: z.string() }),
  z.object({ kind: z.literal('provider'), provider: z.string() }),
  z.object({ kind: z.literal('mesh-config'), field: z.string() }),
]) satisfies z.ZodType<TracingSource>;

function sourced<T extends z.ZodType>(value: T) {
  return z.object({
    value,
    source: tracingSourceSchema,
    shadowed: z.array(z.object({ value, source: tracingSourceSchema })),
  });
}

const providerSchema = z.object({
  name: z.string(),
  kind: z.string(),
  canTrace: z.boolean(),
  service: z.string().optional(),
  port: z.number().optional(),
  maxTagLength: z.number().optional(),
  resourceDetectors: z.array(z.string()).optional(),
}) satisfies z.ZodType<TracingProvider>;

export const spanReportingSchema = z.enum([
  'reported',
  'reporting-disabled',
  'no-provider',
  'provider-unusable',
  'tracing-disabled',
  'no-tracer',
]) satisfies z.ZodType<SpanReporting>;

const effectiveSideSchema = z.object({
  enabled: sourced(z.boolean()),
  /** Whether spans leave the proxy, and if not, why. */
  spanReporting: spanReportingSchema,
  provider: sourced(providerSchema.nullable()),
  samplingPercent: sourced(z.number()),
  samplingParts: z.number(),
  customTags: sourced(z.record(z.string(), customTagSchema)),
  istioTags: sourced(z.boolean()),
  useRequestId: sourced(z.boolean()),
  disableContextPropagation: sourced(z.boolean()),
  maxTagLength: sourced(z.number()),
  tracer: z.string().nullable().optional(),
  spawnUpstreamSpan: z.boolean().optional(),
}) satisfies z.ZodType<EffectiveTracingSide>;

/** How requests to a workload without a proxy of its own are traced. */
const ambientTracingSchema = z.object({
  captured: z.boolean(),
  routes: z.array(
    z.object({
      to: z.object({
        kind: z.enum(['Service', 'ServiceEntry', 'Workload']),
        namespace: z.string(),
        name: z.string(),
      }),
      hostname: z.string().optional(),
      state: z.enum([
        'waypoint',
        'no-waypoint',
        'opted-out',
        'waypoint-missing',
        'waypoint-not-ready',
        'attachment-denied',
        'other-traffic',
      ]),
      waypoint: z
        .object({ namespace: z.string(), name: z.string() })
        .optional(),
      label: z
        .object({
          kind: z.enum(['Namespace', 'Service', 'ServiceEntry', 'Pod']),
          name: z.string(),
          value: z.string(),
        })
        .optional(),
      fromIngress: z.boolean(),
      server: effectiveSideSchema.optional(),
    }),
  ),
}) satisfies z.ZodType<AmbientTracing>;

/** @public */
export const effectiveTracingSchema = z.object({
  path: z.enum(['telemetry', 'legacy', 'none']),
  client: effectiveSideSchema.optional(),
  server: effectiveSideSchema.optional(),
  chain: z.array(
    z.object({
      namespace: z.string(),
      name: z.string(),
      level: telemetryLevelSchema,
    }),
  ),
  ignored: z.array(
    z.object({
      namespace: z.string(),
      name: z.string(),
      reason: ignoredReasonSchema,
      explanation: z.string(),
    }),
  ),
  findings: z.array(findingSchema),
  ambient: ambientTracingSchema.optional(),
}) satisfies z.ZodType<EffectiveTracing>;

/** An override that the portal holds. @public */
export const overrideSchema = z.object({
  /** What it is for; absent = the workload. */
  scope: overrideScopeSchema.optional(),
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  samplingPercent: z.number().nullable(),
  customTags: z.record(z.string(), customTagSchema),
  /** Whether the override sets tags; false = the inherited map applies. */
  setsCustomTags: z.boolean().optional(),
  /** Absent = inherited. */
  disableSpanReporting: z.boolean().optional(),
  /** Absent = inherited. */
  disableContextPropagation: z.boolean().optional(),
  /** Name of the provider that the override sets; absent = inherited. */
  provider: z.string().optional(),
  /** As it stands on the object; absent too for an entity that the caller may not see. */
  entityRef: z.string().optional(),
  /** User ref, reason and end as they stand on the object. */
  changedBy: z.string().optional(),
  reason: z.string().optional(),
  /** RFC 3339; absent = permanent. */
  expiresAt: z.string().optional(),
  createdAt: z.string().optional(),
  /** What manages it meanwhile, so that the portal neither changes nor ends it. */
  managedBy: z.enum(['argocd', 'flux', 'helm']).optional(),
  /** True once the watch of the cluster has this version. */
  live: z.boolean(),
});
/** @public */
export type OverrideView = z.infer<typeof overrideSchema>;

/** Effective tracing of one workload of the entity. @public */
export const workloadTracingSchema = z.object({
  workload: workloadViewSchema,
  effective: effectiveTracingSchema,
  override: overrideSchema.nullable(),
  /** Whether the entity may stand for the workload, and by what. */
  binding: bindingViewSchema.optional(),
  /** The portal's overrides of the workload's namespace and of its mesh. */
  wideOverrides: z.array(overrideSchema).optional(),
  /** What the override does, against what would be in force without it. */
  overrideEffect: samplingEffectSchema.optional(),
  /** Absent where the cluster can't tell, as without istiod's debug interface. */
  acceptance: proxyAcceptanceSchema.optional(),
  /** One plain sentence per field. */
  explanations: z.record(z.string(), z.string()),
});
/** @public */
export type WorkloadTracing = z.infer<typeof workloadTracingSchema>;

/** What the caller may do here, and if not, why. @public */
export const samplingAbilitySchema = z.object({
  allowed: z.boolean(),
  /** Owners for whom the caller would act; absent where it acts for itself. */
  onBehalfOf: z.array(z.string()).optional(),
  /** One sentence; absent when allowed. */
  reason: z.string().optional(),
  maxPercent: z.number(),
  maxDurationMs: z.number(),
  permanentAllowed: z.boolean(),
  reasonRequired: z.boolean(),
  maxCustomTags: z.number(),
  customTagKinds: z.array(
    z.enum(['literal', 'header', 'environment', 'formatter']),
  ),
  /** Headers that never become tags. */
  denyHeaders: z.array(z.string()),
  /** Headers that may, although they are named like a secret. */
  allowHeaders: z.array(z.string()).optional(),
  /** Variables of the proxy that may, although they are named like a secret. */
  allowEnvironment: z.array(z.string()).optional(),
  /** How far the caller's changes may reach, scope by scope. */
  scopes: z
    .array(
      z.object({
        scope: overrideScopeSchema,
        allowed: z.boolean(),
        /** One sentence; absent when allowed. */
        reason: z.string().optional(),
      }),
    )
    .optional(),
  /** Names of the providers that can trace, by cluster. */
  providers: z.record(z.string(), z.array(z.string())).optional(),
  /** What may be set besides sampling and tags. */
  fields: z
    .object({
      provider: z.boolean(),
      disableSpanReporting: z.boolean(),
      disableContextPropagation: z.boolean(),
    })
    .optional(),
});
/** @public */
export type SamplingAbility = z.infer<typeof samplingAbilitySchema>;

/** `GET …/tracing`. @public */
export const tracingResponseSchema = z.object({
  entityRef: z.string(),
  workloads: z.array(workloadTracingSchema),
  ability: samplingAbilitySchema,
  /** The Telemetries named in provenance, as YAML, by `cluster/namespace/name`. */
  resources: z.record(z.string(), z.string()),
  clusters: z.array(clusterStateSchema),
});
/** @public */
export type TracingResponse = z.infer<typeof tracingResponseSchema>;
