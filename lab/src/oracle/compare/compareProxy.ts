import { isDeepStrictEqual } from 'node:util';
import type {
  EffectiveTracing,
  Telemetry,
  TracingResolver,
  TracingService,
} from 'backstage-plugin-mesh-tracing-common';
import {
  countingEntries,
  expectedEntries,
  onlySide,
  withoutDefaults,
} from './expectedEntries';
import { expectedListener } from './expectedListener';
import type { ListenerView } from '../istiod/ListenerView';
import type { OracleProxy } from '../generate/OracleRound';
import { GATEWAY_NAME_LABEL } from '../generate/plots';
import type { FoundListener } from '../istiod/readListeners';

/** Something that resolver and istiod answer differently. */
export interface Difference {
  /** `chain`, or the listener and filter chain. */
  what: string;
  /** The resolver's. */
  expected: unknown;
  /** Istio's. */
  got: unknown;
}

/** What comparing one proxy came to. */
export interface Comparison {
  /** How many answers were compared. */
  compared: number;
  differences: Difference[];
}

/** What istiod says about one proxy. */
export interface IstiodAnswer {
  entries: unknown[];
  listeners: FoundListener[];
}

const NO_TRACING: ListenerView = { tracing: null, useRequestId: true };

/** The service that a filter chain of a waypoint is for. */
function servedBy(
  filterChain: string,
  services: readonly TracingService[],
): TracingService | undefined {
  const hostname = filterChain.split('|').at(-1);
  return services.find(service => service.hostname === hostname);
}

function sideView(
  effective: EffectiveTracing,
  side: 'client' | 'server',
  { proxy }: OracleProxy,
): ListenerView | string {
  const tracing = effective[side];
  return tracing
    ? expectedListener(tracing, proxy)
    : `the resolver has no ${side} side`;
}

/**
 * What must be among a proxy's listeners, so that a comparison of none can't
 * pass: both directions of a sidecar, the port of a gateway, the services of a
 * waypoint.
 */
function neededListeners(
  { proxy }: OracleProxy,
  services: readonly TracingService[],
): string[] {
  const belongsToGateway = GATEWAY_NAME_LABEL in proxy.labels;
  if (proxy.kind === 'sidecar') return ['INBOUND', 'OUTBOUND'];
  if (proxy.kind === 'waypoint') {
    return belongsToGateway
      ? services.map(({ hostname }) => hostname ?? '')
      : [];
  }
  if (proxy.labels.istio === 'ingressgateway') return ['0.0.0.0_8080'];
  return belongsToGateway ? ['0.0.0.0_80'] : [];
}

function missingListeners(
  needed: readonly string[],
  listeners: readonly FoundListener[],
): string[] {
  const found = new Set(
    listeners.flatMap(({ listener, filterChain, direction }) => [
      direction,
      listener,
      filterChain.split('|').at(-1),
    ]),
  );
  return needed.filter(name => !found.has(name));
}

/**
 * Compares the resolver's answers for a proxy with istiod's.
 *
 * @param services - those that the proxy serves, if it is a waypoint
 */
export function compareProxy(
  oracleProxy: OracleProxy,
  resolver: TracingResolver,
  telemetries: ReadonlyMap<string, Telemetry>,
  services: readonly TracingService[],
  answer: IstiodAnswer,
): Comparison {
  const { proxy } = oracleProxy;
  const effective = resolver.resolve(proxy);
  const needed = neededListeners(oracleProxy, services);
  const checks = [
    {
      what: 'missing listeners',
      expected: [],
      got: missingListeners(needed, answer.listeners),
    },
    {
      what: 'chain',
      expected: withoutDefaults(
        expectedEntries(effective, telemetries, proxy.kind),
      ),
      got: withoutDefaults(countingEntries(answer.entries, proxy.kind)),
    },
    ...answer.listeners.map(({ listener, filterChain, direction, view }) => {
      const what = `${listener} ${filterChain} ${direction}`;
      // The outer end of a waypoint's tunnel never traces.
      if (listener === 'connect_terminate') {
        return { what, expected: NO_TRACING, got: view };
      }
      const service = servedBy(filterChain, services);
      const own = service ? resolver.resolve(proxy, service) : effective;
      const side =
        onlySide(proxy.kind) ?? (direction === 'INBOUND' ? 'server' : 'client');
      return { what, expected: sideView(own, side, oracleProxy), got: view };
    }),
  ];
  return {
    compared: checks.length,
    differences: checks.filter(
      ({ expected, got }) => !isDeepStrictEqual(expected, got),
    ),
  };
}
