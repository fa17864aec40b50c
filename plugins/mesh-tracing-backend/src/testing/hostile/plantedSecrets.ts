import type { Entity } from '@backstage/catalog-model';

/** What every planted secret begins with. */
export const PLANTED = 'planted-s3cr3t';

/** The planted password, as it goes over the wire. */
export const PLANTED_BASIC = Buffer.from(`portal:${PLANTED}-basic`).toString(
  'base64',
);

/** How a planted secret, or the caller's token, may look. */
const SECRETS = [PLANTED, PLANTED_BASIC, 'mock-user-token'];

/** Planted secrets that are in a text, with what is around them. */
export function leaksIn(text: string): string[] {
  return SECRETS.flatMap(secret => {
    const at = text.indexOf(secret);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 300), at + 100)];
  });
}

/** A secret in every place of the configuration that holds one, all leading to `url`. */
export const plantedConfig = (url: string) => ({
  clusters: [
    {
      name: 'guarded',
      connection: { type: 'serviceAccount', url, token: `${PLANTED}-cluster` },
      istiod: { debugUrls: [url], token: `${PLANTED}-istiod` },
      traceStore: 'main',
    },
  ],
  traceStores: [
    {
      name: 'bearer',
      jaeger: {
        url,
        auth: { type: 'bearer', token: `${PLANTED}-bearer` },
        headers: { 'x-api-key': `${PLANTED}-header` },
      },
      prometheus: {
        url,
        metrics: 'istio',
        auth: { type: 'bearer', token: `${PLANTED}-prometheus` },
      },
    },
    {
      name: 'basic',
      jaeger: {
        url,
        auth: {
          type: 'basic',
          username: 'portal',
          password: `${PLANTED}-basic`,
        },
      },
    },
  ],
  sampling: {
    scopes: ['workload', 'namespace', 'mesh'],
    allowPermanent: true,
    fields: {
      provider: true,
      disableSpanReporting: true,
      disableContextPropagation: true,
    },
    rateLimit: 100_000,
  },
});

/** An entity whose traces are in one of the configured stores. */
const tracedIn = (store: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: store,
    annotations: {
      'meshtracing.io/workloads': 'shop/Deployment/frontend',
      'meshtracing.io/trace-store': store,
    },
  },
});

/** One for each configured store. */
export const plantedEntities = ['bearer', 'basic'].map(tracedIn);
