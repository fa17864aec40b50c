import type { Phase, ServiceBehaviour } from '../traffic';
import { call, products, service } from './describeService';

const MINUTE_MS = 60_000;

/** Two minutes in which the database picks the slow plan more often. */
const STALE_STATISTICS: Phase = {
  everyMs: 17 * MINUTE_MS,
  lastsMs: 2 * MINUTE_MS,
  offsetMs: 9 * MINUTE_MS,
};

const storefront = service('storefront', {
  home: {
    method: 'GET',
    paths: ['/', '/?ref=newsletter', '/sale'],
    medianUs: 6_000,
    responseBytes: 42_000,
    failures: [{ status: 500, chance: 0.012 }],
    steps: [
      {
        kind: 'parallel',
        steps: [
          call('catalog', 'list'),
          call('recommendations', 'personal', { isOptional: true }),
          call('loyalty', 'status', { chance: 0.3, isOptional: true }),
        ],
      },
    ],
  },
  product: {
    method: 'GET',
    paths: products('/products/'),
    medianUs: 5_000,
    responseBytes: 31_000,
    steps: [
      call('catalog', 'product'),
      {
        kind: 'parallel',
        steps: [
          call('pricing', 'price'),
          call('recommendations', 'similar', { isOptional: true }),
        ],
      },
    ],
  },
  search: {
    method: 'GET',
    paths: ['/search?q=kettle', '/search?q=lamp', '/search?q=desk+chair'],
    medianUs: 4_000,
    responseBytes: 27_000,
    steps: [call('catalog', 'search')],
  },
  cart: {
    method: 'GET',
    paths: ['/cart'],
    medianUs: 4_000,
    responseBytes: 12_000,
    steps: [call('cart', 'show')],
  },
  buy: {
    method: 'POST',
    paths: ['/checkout'],
    medianUs: 7_000,
    responseBytes: 3_000,
    steps: [
      call('checkout', 'order'),
      call('loyalty', 'credit', { isOptional: true }),
    ],
  },
});

const catalog = service('catalog', {
  list: {
    method: 'GET',
    paths: ['/products?page=1', '/products?page=2', '/products?sort=new'],
    medianUs: 3_000,
    responseBytes: 18_000,
    steps: [
      {
        kind: 'query',
        operation: 'SELECT products',
        system: 'postgresql',
        server: 'catalog-db.shop.internal',
        statement:
          'SELECT p.*, s.rank FROM products p LEFT JOIN sales s ON s.product_id = p.id WHERE p.visible ORDER BY s.rank LIMIT $1 OFFSET $2',
        medianUs: 5_500,
        slowChance: 0.035,
        slowChanceInPhase: 0.45,
        phase: STALE_STATISTICS,
        slowMedianUs: 1_150_000,
      },
    ],
  },
  product: {
    method: 'GET',
    paths: products('/products/'),
    medianUs: 2_500,
    responseBytes: 4_000,
    failures: [{ status: 404, chance: 0.006 }],
    steps: [
      {
        kind: 'query',
        operation: 'SELECT product',
        system: 'postgresql',
        server: 'catalog-db.shop.internal',
        statement: 'SELECT * FROM products WHERE id = $1',
        medianUs: 1_400,
        slowChance: 0.002,
        slowChanceInPhase: 0.02,
        phase: STALE_STATISTICS,
        slowMedianUs: 240_000,
      },
    ],
  },
  search: {
    method: 'GET',
    paths: ['/search?q=kettle', '/search?q=lamp', '/search?q=desk+chair'],
    medianUs: 3_000,
    responseBytes: 15_000,
    steps: [call('search-index', 'query', { proxyRetries: 1 })],
  },
});

const searchIndex = service(
  'search-index',
  {
    query: {
      method: 'POST',
      paths: ['/products/_search'],
      medianUs: 14_000,
      sigma: 0.6,
      responseBytes: 9_000,
      failures: [{ status: 503, chance: 0.12 }],
    },
  },
  { port: 9200 },
);

const recommendations = service(
  'recommendations',
  {
    personal: {
      method: 'GET',
      paths: ['/personal?limit=8'],
      medianUs: 9_000,
      responseBytes: 6_000,
      steps: [call('catalog', 'product', { times: [1, 3] })],
    },
    similar: {
      method: 'GET',
      paths: products('/similar/'),
      medianUs: 7_000,
      responseBytes: 5_000,
      steps: [call('catalog', 'product', { times: [1, 2] })],
    },
  },
  {
    backends: [
      { workload: 'shop/recommendations-v1', weight: 2 },
      {
        workload: 'shop/recommendations-v2',
        weight: 1,
        slowness: 2.6,
        errorChance: 0.05,
      },
    ],
  },
);

/** What browsers and apps look at. */
export const storefrontServices: Readonly<Record<string, ServiceBehaviour>> = {
  storefront,
  catalog,
  'search-index': searchIndex,
  recommendations,
};
