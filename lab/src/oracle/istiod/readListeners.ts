import { z } from 'zod';
import { sortedTags, type ListenerView, type TagView } from './ListenerView';

/** One HTTP connection manager of a proxy. */
export interface FoundListener {
  listener: string;
  /** Name of the filter chain that it is in; empty if that has none. */
  filterChain: string;
  direction: 'INBOUND' | 'OUTBOUND' | 'UNSPECIFIED';
  view: ListenerView;
}

const percent = z
  .object({ value: z.number().default(0) })
  .default({ value: 0 });
const named = z.object({
  name: z.string().default(''),
  defaultValue: z.string().default(''),
});
const customTag = z.object({
  tag: z.string(),
  literal: z.object({ value: z.string().default('') }).optional(),
  requestHeader: named.optional(),
  environment: named.optional(),
  metadata: z
    .object({
      metadataKey: z.object({
        key: z.literal('envoy.filters.http.rbac'),
        path: z.tuple([z.object({ key: z.string() })]),
      }),
    })
    .optional(),
  value: z.string().optional(),
});
const connectionManager = z.object({
  tracing: z
    .object({
      clientSampling: percent,
      randomSampling: percent,
      overallSampling: percent,
      customTags: z.array(customTag).default([]),
      maxPathTagLength: z.number().default(256),
      spawnUpstreamSpan: z.boolean().default(false),
      noContextPropagation: z.boolean().default(false),
      provider: z.object({ name: z.string() }).optional(),
    })
    .optional(),
  requestIdExtension: z
    .object({
      typedConfig: z.object({
        useRequestIdForTraceSampling: z.boolean().default(true),
      }),
    })
    .optional(),
});
const filterChain = z.object({
  name: z.string().default(''),
  filters: z
    .array(
      z.object({
        typedConfig: z.looseObject({ '@type': z.string() }).optional(),
      }),
    )
    .default([]),
});
const listener = z.object({
  name: z.string(),
  trafficDirection: z.enum(['INBOUND', 'OUTBOUND']).optional(),
  filterChains: z.array(filterChain).default([]),
  defaultFilterChain: filterChain.optional(),
});
const configDump = z.object({ configs: z.array(listener).default([]) });

function tagView(tag: z.infer<typeof customTag>): TagView {
  return {
    tag: tag.tag,
    ...(tag.literal && { literal: tag.literal.value }),
    ...(tag.requestHeader && { requestHeader: tag.requestHeader }),
    ...(tag.environment && { environment: tag.environment }),
    ...(tag.metadata && {
      rbacMetadataKey: tag.metadata.metadataKey.path[0].key,
    }),
    ...(tag.value !== undefined && { format: tag.value }),
  };
}

function listenerView(config: unknown): ListenerView {
  const { tracing, requestIdExtension } = connectionManager.parse(config);
  return {
    tracing: tracing
      ? {
          randomSampling: tracing.randomSampling.value,
          clientSampling: tracing.clientSampling.value,
          overallSampling: tracing.overallSampling.value,
          tracer: tracing.provider?.name ?? null,
          maxPathTagLength: tracing.maxPathTagLength,
          spawnUpstreamSpan: tracing.spawnUpstreamSpan,
          noContextPropagation: tracing.noContextPropagation,
          customTags: sortedTags(tracing.customTags.map(tagView)),
        }
      : null,
    useRequestId:
      requestIdExtension?.typedConfig.useRequestIdForTraceSampling ?? true,
  };
}

/**
 * Every HTTP connection manager in istiod's
 * `/debug/config_dump?proxyID=…&types=LDS`.
 */
export function readListeners(dump: string): FoundListener[] {
  return configDump.parse(JSON.parse(dump)).configs.flatMap(found =>
    [
      ...found.filterChains,
      ...(found.defaultFilterChain ? [found.defaultFilterChain] : []),
    ].flatMap(chain =>
      chain.filters
        .filter(({ typedConfig }) =>
          typedConfig?.['@type'].endsWith('.HttpConnectionManager'),
        )
        .map(({ typedConfig }) => ({
          listener: found.name,
          filterChain: chain.name,
          direction: found.trafficDirection ?? 'UNSPECIFIED',
          view: listenerView(typedConfig),
        })),
    ),
  );
}
