import {
  createTracingResolver,
  type Telemetry,
  type TelemetryTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { compareProxy, type IstiodAnswer } from './compareProxy';
import { expectedListener } from './expectedListener';
import type { OracleProxy } from '../generate/OracleRound';

const sidecar: OracleProxy = {
  name: 'sidecar0-c1',
  address: '10.0.0.1',
  proxy: { kind: 'sidecar', namespace: 'shop', labels: {} },
};

const sampled: TelemetryTracing = { randomSamplingPercentage: 25 };

const telemetry: Telemetry = {
  metadata: { name: 'default', namespace: 'shop' },
  spec: { tracing: [{ match: { mode: 'CLIENT_AND_SERVER' }, ...sampled }] },
};

const resolver = createTracingResolver({
  meshConfig: {
    defaultProviders: { tracing: ['otel'] },
    extensionProviders: [
      { name: 'otel', opentelemetry: { service: 'o.shop', port: 4317 } },
    ],
  },
  meshConfigKnown: true,
  telemetries: [telemetry],
  istiod: { environmentKnown: true },
});

const { client, server } = resolver.resolve(sidecar.proxy);

function answer(changes: Partial<IstiodAnswer> = {}): IstiodAnswer {
  if (!client || !server) throw new Error('A sidecar has both sides.');
  return {
    // istiod leaves the default mode out.
    entries: [{ match: {}, ...sampled }],
    listeners: [
      {
        listener: '0.0.0.0_80',
        filterChain: '',
        direction: 'OUTBOUND',
        view: expectedListener(client, sidecar.proxy),
      },
      {
        listener: 'virtualInbound',
        filterChain: '',
        direction: 'INBOUND',
        view: expectedListener(server, sidecar.proxy),
      },
    ],
    ...changes,
  };
}

function compare(given: IstiodAnswer) {
  const byName = new Map([['shop/default', telemetry]]);
  return compareProxy(sidecar, resolver, byName, [], given);
}

describe('compareProxy', () => {
  it('finds nothing where istiod says the same', () => {
    expect(compare(answer())).toEqual({ compared: 4, differences: [] });
  });

  it('reports another chain', () => {
    const { differences } = compare(answer({ entries: [] }));

    expect(differences).toEqual([
      {
        what: 'chain',
        expected: [{ match: {}, randomSamplingPercentage: 25 }],
        got: [],
      },
    ]);
  });

  it('reports a listener that traces otherwise', () => {
    const [outbound, inbound] = answer().listeners;
    const none = { tracing: null, useRequestId: true };
    const { differences } = compare(
      answer({
        listeners: [
          ...(outbound ? [{ ...outbound, view: none }] : []),
          ...(inbound ? [inbound] : []),
        ],
      }),
    );

    expect(differences).toEqual([
      expect.objectContaining({ what: '0.0.0.0_80  OUTBOUND', got: none }),
    ]);
  });

  it('reports that there was nothing to compare', () => {
    const { differences } = compare(answer({ listeners: [] }));

    expect(differences).toEqual([
      { what: 'missing listeners', expected: [], got: ['INBOUND', 'OUTBOUND'] },
    ]);
  });
});
