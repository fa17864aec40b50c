import { readListeners } from './readListeners';

const HCM =
  'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

function dump(tracing?: object, useRequestIdForTraceSampling?: boolean) {
  return JSON.stringify({
    configs: [
      {
        '@type': 'type.googleapis.com/envoy.config.listener.v3.Listener',
        name: '0.0.0.0_80',
        trafficDirection: 'OUTBOUND',
        filterChains: [
          { filters: [{ name: 'tcp' }] },
          {
            name: 'web',
            filters: [
              {
                typedConfig: {
                  '@type': HCM,
                  tracing,
                  requestIdExtension: {
                    typedConfig: { '@type': 'x', useRequestIdForTraceSampling },
                  },
                },
              },
            ],
          },
        ],
        defaultFilterChain: {
          filters: [{ typedConfig: { '@type': 'type.googleapis.com/a.Tcp' } }],
        },
      },
    ],
  });
}

describe('readListeners', () => {
  it('finds HTTP connection managers only', () => {
    expect(readListeners(dump())).toEqual([
      {
        listener: '0.0.0.0_80',
        filterChain: 'web',
        direction: 'OUTBOUND',
        view: { tracing: null, useRequestId: true },
      },
    ]);
  });

  it('reads an absent percentage as 0 and an absent length as 256', () => {
    const [found] = readListeners(
      dump({ randomSampling: {}, clientSampling: { value: 100 } }, false),
    );

    expect(found?.view).toEqual({
      tracing: {
        randomSampling: 0,
        clientSampling: 100,
        overallSampling: 0,
        tracer: null,
        maxPathTagLength: 256,
        spawnUpstreamSpan: false,
        noContextPropagation: false,
        customTags: [],
      },
      useRequestId: false,
    });
  });

  it('reads every kind of tag, in an order of its own', () => {
    const rbac = {
      kind: { request: {} },
      metadataKey: { key: 'envoy.filters.http.rbac', path: [{ key: 'k' }] },
    };
    const [found] = readListeners(
      dump({
        customTags: [
          { tag: 'f', value: '%REQ(x)%' },
          { tag: 'e', environment: { name: 'E', defaultValue: 'd' } },
          { tag: 'd', metadata: rbac },
          { tag: 'c', requestHeader: { name: 'x' } },
          { tag: 'b', literal: { value: 'v' } },
          { tag: 'a' },
        ],
      }),
    );

    expect(found?.view.tracing?.customTags).toEqual([
      { tag: 'a' },
      { tag: 'b', literal: 'v' },
      { tag: 'c', requestHeader: { name: 'x', defaultValue: '' } },
      { tag: 'd', rbacMetadataKey: 'k' },
      { tag: 'e', environment: { name: 'E', defaultValue: 'd' } },
      { tag: 'f', format: '%REQ(x)%' },
    ]);
  });
});
