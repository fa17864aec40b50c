import { shortHash } from '../../shared/shortHash';
import type { ConditionalMark } from './ConditionalMark';

/**
 * What the filter writes into `x-client-trace-id`. Envoy makes it the span tag
 * `guid:x-client-trace-id`, by which the marked requests are found again. It is a
 * constant, so that no mark gets into the trace store by it.
 * @public
 */
export const CONDITIONAL_TRACE_VALUE = 'mesh-tracing-conditional';

/** Where a filter works. */
export interface ConditionalFilterTarget {
  proxy: 'gateway' | 'sidecar';
  namespace: string;
  matchLabels: Record<string, string>;
}

const CONNECTION_MANAGER = 'envoy.filters.network.http_connection_manager';
const TYPES = 'type.googleapis.com/envoy.extensions';

/**
 * The EnvoyFilter that makes a proxy sample every marked request. It adds
 * `x-client-trace-id` in an early header mutation of the connection manager, which runs
 * before the decision on sampling; HTTP filters, Lua among them, run after it. The
 * request then counts as one whose client wants it traced, for which Istio sets the
 * sampling to 100 %. A request that has the header already keeps its own.
 */
export function conditionalFilter(
  mark: ConditionalMark,
  { proxy, namespace, matchLabels }: ConditionalFilterTarget,
): object {
  return {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: {
      name: `conditional-tracing-${shortHash(
        JSON.stringify([mark.header, mark.value, matchLabels]),
      )}`,
      namespace,
    },
    spec: {
      workloadSelector: { labels: matchLabels },
      configPatches: [
        {
          applyTo: 'NETWORK_FILTER',
          match: {
            context: proxy === 'gateway' ? 'GATEWAY' : 'SIDECAR_INBOUND',
            listener: { filterChain: { filter: { name: CONNECTION_MANAGER } } },
          },
          patch: {
            operation: 'MERGE',
            value: {
              typed_config: {
                '@type': `${TYPES}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
                early_header_mutation_extensions: [mutationOf(mark)],
              },
            },
          },
        },
      ],
    },
  };
}

function mutationOf(mark: ConditionalMark): object {
  return {
    name: 'envoy.http.early_header_mutation.header_mutation',
    typed_config: {
      '@type': `${TYPES}.http.early_header_mutation.header_mutation.v3.HeaderMutation`,
      mutations: [
        {
          append: {
            header: {
              key: 'x-client-trace-id',
              value: `%CEL(${conditionOf(
                mark,
              )} ? '${CONDITIONAL_TRACE_VALUE}' : '')%`,
            },
            append_action: 'ADD_IF_ABSENT',
            // Of a request without the mark the value is empty: nothing is added.
            keep_empty_value: false,
          },
        },
      ],
    },
  };
}

/** The mark has been checked, so that it holds nothing that would end a text. */
function conditionOf({ header, value }: ConditionalMark): string {
  const isThere = `'${header}' in request.headers`;
  return value === undefined
    ? isThere
    : `${isThere} && request.headers['${header}'] == '${value}'`;
}
