import type { TrafficSource } from '../traffic';

const BROWSERS = [
  'Mozilla/5.0 (X11; Linux x86_64) Firefox/152.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_6) Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/151.0',
];

/** Who calls the shop: browsers, mobile apps, a job of its own. */
export const shopSources: TrafficSource[] = [
  // Browsers reach the storefront through a load balancer outside the mesh, so
  // that its sidecar is the first to decide about sampling.
  {
    weight: 22,
    from: { kind: 'client' },
    userAgents: BROWSERS,
    calls: [
      { weight: 38, service: 'storefront', endpoint: 'home' },
      { weight: 34, service: 'storefront', endpoint: 'product' },
      { weight: 12, service: 'storefront', endpoint: 'search' },
      { weight: 9, service: 'storefront', endpoint: 'cart' },
      { weight: 7, service: 'storefront', endpoint: 'buy' },
    ],
  },
  {
    weight: 12,
    from: {
      kind: 'gateway',
      workload: 'istio-ingress/istio-ingressgateway',
      host: 'api.shop.example',
    },
    userAgents: ['shop-android/8.4.1', 'shop-ios/8.4.0'],
    calls: [
      { weight: 5, service: 'catalog', endpoint: 'list' },
      { weight: 5, service: 'catalog', endpoint: 'search' },
      { weight: 3, service: 'cart', endpoint: 'show' },
      { weight: 2, service: 'checkout', endpoint: 'order' },
    ],
  },
  {
    weight: 1,
    from: { kind: 'workload', workload: 'payments/settlement' },
    userAgents: ['settlement/1.9'],
    calls: [{ weight: 1, service: 'payment', endpoint: 'settle' }],
  },
];
