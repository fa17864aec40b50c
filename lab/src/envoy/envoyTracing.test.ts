import { parseEnvoyTracing } from './envoyTracing';

const HCM =
  'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

function dump(tracing: object | undefined, extra: object = {}): string {
  return JSON.stringify({
    configs: [
      { '@type': 'type.googleapis.com/envoy.admin.v3.BootstrapConfigDump' },
      {
        '@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump',
        dynamic_listeners: [
          {
            name: '127.93.7.10_9080',
            active_state: {
              listener: {
                name: '127.93.7.10_9080',
                traffic_direction: 'INBOUND',
                address: {
                  socket_address: { address: '127.93.7.10', port_value: 9080 },
                },
                filter_chains: [
                  {
                    filters: [
                      {
                        name: 'istio.stats',
                        typed_config: { '@type': 'type.googleapis.com/other' },
                      },
                      {
                        name: 'hcm',
                        typed_config: { '@type': HCM, tracing },
                      },
                    ],
                  },
                ],
              },
            },
            ...extra,
          },
        ],
      },
    ],
  });
}

describe('parseEnvoyTracing', () => {
  it('reads sampling, provider and each kind of tag', () => {
    const [listener] = parseEnvoyTracing(
      dump({
        random_sampling: { value: 37.5 },
        provider: {
          typed_config: {
            service_name: 'frontend.bookinfo',
            grpc_service: { envoy_grpc: { cluster_name: 'collector' } },
          },
        },
        custom_tags: [
          { tag: 'team', literal: { value: 'storefront' } },
          { tag: 'tenant', request_header: { name: 'x-tenant' } },
          {
            tag: 'tier',
            environment: { name: 'DEPLOY_TIER', default_value: '' },
          },
          { tag: 'path', value: '%REQ(:PATH)%' },
        ],
      }),
    );

    expect(listener).toEqual({
      listener: '127.93.7.10_9080',
      address: '127.93.7.10:9080',
      direction: 'inbound',
      enabled: true,
      randomSamplingPercent: 37.5,
      providerCluster: 'collector',
      serviceName: 'frontend.bookinfo',
      customTags: [
        { name: 'team', kind: 'literal', value: 'storefront' },
        { name: 'tenant', kind: 'header', value: 'x-tenant' },
        {
          name: 'tier',
          kind: 'environment',
          value: 'DEPLOY_TIER',
          defaultValue: '',
        },
        { name: 'path', kind: 'formatter', value: '%REQ(:PATH)%' },
      ],
    });
  });

  it('reads an empty sampling as 0 %', () => {
    expect(parseEnvoyTracing(dump({ random_sampling: {} }))).toMatchObject([
      { enabled: true, randomSamplingPercent: 0 },
    ]);
  });

  it('sees that tracing is off', () => {
    expect(parseEnvoyTracing(dump(undefined))).toMatchObject([
      { enabled: false, customTags: [] },
    ]);
  });

  it('tells when Envoy refused a newer listener', () => {
    expect(
      parseEnvoyTracing(dump({}, { error_state: { details: 'bad tag' } })),
    ).toMatchObject([{ rejectedUpdate: 'bad tag' }]);
  });
});
