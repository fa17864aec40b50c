import { z } from 'zod';
import { httpGet } from '../process/httpGet';

/** A custom tag as Envoy has it. @public */
export interface EnvoyCustomTag {
  name: string;
  kind: 'literal' | 'header' | 'environment' | 'metadata' | 'formatter';
  /** The literal, the header's or variable's name, or the format. */
  value: string;
  defaultValue?: string;
}

/** Tracing of one HTTP connection manager in one listener. @public */
export interface EnvoyListenerTracing {
  listener: string;
  /** Address and port that the listener binds. */
  address: string;
  direction: 'inbound' | 'outbound' | 'unspecified';
  /** False when the connection manager has no tracing at all. */
  enabled: boolean;
  /** `random_sampling`, unrounded. */
  randomSamplingPercent?: number;
  /** Cluster that spans are sent to; undefined when there is no provider. */
  providerCluster?: string;
  serviceName?: string;
  customTags: EnvoyCustomTag[];
  /** Set when Envoy refused a newer version of this listener. */
  rejectedUpdate?: string;
}

const percent = z.object({ value: z.number().default(0) });
const named = z.object({
  name: z.string().default(''),
  default_value: z.string().optional(),
});
const customTagSchema = z.object({
  tag: z.string(),
  literal: z.object({ value: z.string().default('') }).optional(),
  request_header: named.optional(),
  environment: named.optional(),
  metadata: z.unknown().optional(),
  value: z.string().optional(),
});
const tracingSchema = z.object({
  random_sampling: percent.optional(),
  custom_tags: z.array(customTagSchema).default([]),
  provider: z
    .object({
      typed_config: z
        .object({
          service_name: z.string().optional(),
          grpc_service: z
            .object({
              envoy_grpc: z.object({ cluster_name: z.string() }).optional(),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
});
const filterChainSchema = z.object({
  filters: z
    .array(
      z.object({
        typed_config: z
          .object({
            '@type': z.string(),
            tracing: tracingSchema.optional(),
          })
          .optional(),
      }),
    )
    .default([]),
});
const listenerSchema = z.object({
  name: z.string(),
  traffic_direction: z.string().optional(),
  address: z
    .object({
      socket_address: z
        .object({ address: z.string(), port_value: z.number() })
        .optional(),
    })
    .optional(),
  filter_chains: z.array(filterChainSchema).default([]),
  default_filter_chain: filterChainSchema.optional(),
});
const dumpSchema = z.object({
  configs: z.array(
    z.object({
      dynamic_listeners: z
        .array(
          // A refused version of a listener stands beside it, without a name.
          z.object({
            active_state: z.object({ listener: listenerSchema }).optional(),
            error_state: z.object({ details: z.string() }).optional(),
          }),
        )
        .optional(),
    }),
  ),
});

type CustomTag = z.infer<typeof customTagSchema>;

function readCustomTag(tag: CustomTag): EnvoyCustomTag {
  const name = tag.tag;
  if (tag.literal) {
    return { name, kind: 'literal', value: tag.literal.value };
  }
  const source = tag.request_header ?? tag.environment;
  if (source) {
    return {
      name,
      kind: tag.request_header ? 'header' : 'environment',
      value: source.name,
      ...(source.default_value !== undefined && {
        defaultValue: source.default_value,
      }),
    };
  }
  return tag.metadata === undefined
    ? { name, kind: 'formatter', value: tag.value ?? '' }
    : { name, kind: 'metadata', value: JSON.stringify(tag.metadata) };
}

const DIRECTIONS: Record<string, EnvoyListenerTracing['direction']> = {
  INBOUND: 'inbound',
  OUTBOUND: 'outbound',
};

/**
 * Reads the tracing of each HTTP connection manager from the text of Envoy's
 * `/config_dump`. A sampling of 0 is an empty message there.
 * @public
 */
export function parseEnvoyTracing(configDump: string): EnvoyListenerTracing[] {
  const { configs } = dumpSchema.parse(JSON.parse(configDump));
  return configs.flatMap(({ dynamic_listeners: listeners = [] }) =>
    listeners.flatMap(({ active_state: active, error_state: error }) => {
      if (!active) {
        return [];
      }
      const { listener } = active;
      const socket = listener.address?.socket_address;
      const { default_filter_chain: fallback } = listener;
      const chains = [
        ...listener.filter_chains,
        ...(fallback ? [fallback] : []),
      ];
      return chains
        .flatMap(({ filters }) => filters)
        .filter(({ typed_config: config }) =>
          config?.['@type'].endsWith('.HttpConnectionManager'),
        )
        .map(({ typed_config: config }): EnvoyListenerTracing => {
          const tracing = config?.tracing;
          const provider = tracing?.provider?.typed_config;
          return {
            listener: listener.name,
            address: socket ? `${socket.address}:${socket.port_value}` : '',
            direction:
              DIRECTIONS[listener.traffic_direction ?? ''] ?? 'unspecified',
            enabled: tracing !== undefined,
            randomSamplingPercent: tracing?.random_sampling?.value,
            providerCluster: provider?.grpc_service?.envoy_grpc?.cluster_name,
            serviceName: provider?.service_name,
            customTags: (tracing?.custom_tags ?? []).map(readCustomTag),
            ...(error && { rejectedUpdate: error.details }),
          };
        });
    }),
  );
}

/**
 * What a running Envoy traces at this moment, from its admin interface.
 *
 * @param adminAddress - such as `http://127.93.7.10:15000`
 * @public
 */
export async function envoyTracing(
  adminAddress: string,
): Promise<EnvoyListenerTracing[]> {
  const { status, body } = await httpGet(`${adminAddress}/config_dump`);
  if (status !== 200) {
    throw new Error(`Envoy at ${adminAddress} answered ${status}`);
  }
  return parseEnvoyTracing(body);
}
