import fc from 'fast-check';
import { providerTenants } from './providerTenants';

const provider = (name: string, opentelemetry: object) => ({
  name,
  opentelemetry,
});
const header = (name: string, value: string) => ({ name, value });

describe('tenants of providers', () => {
  const meshConfig = {
    extensionProviders: [
      provider('http', { http: { headers: [header('X-Tenant', 'shop')] } }),
      provider('grpc', {
        grpc: { initialMetadata: [header('x-tenant', 'bank')] },
      }),
      provider('plain', { service: 'otel', port: 4317 }),
    ],
  };

  it('are the values of the header in OTLP settings, by HTTP and by gRPC', () => {
    expect(providerTenants(meshConfig, 'x-tenant')).toEqual(['shop', 'bank']);
    expect(providerTenants(meshConfig, 'x-tenant', ['grpc'])).toEqual(['bank']);
    expect(providerTenants(meshConfig, 'x-org')).toEqual([]);
  });

  it('are read of any mesh config', () => {
    fc.assert(
      fc.property(fc.array(fc.object()), extensionProviders => {
        expect(providerTenants({ extensionProviders }, 'x-tenant')).toEqual(
          expect.any(Array),
        );
      }),
      { seed: 14 },
    );
  });
});
