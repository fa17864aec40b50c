import type {
  CallStep,
  EndpointBehaviour,
  MeshBehaviour,
  Phase,
  ServiceBehaviour,
} from '../traffic/MeshBehaviour';
import { shopSources } from './shopSources';

const MINUTE_MS = 60_000;
const PRODUCT_COUNT = 24;

/** A minute in which stock-keeping has no room and every caller retries. */
const STOCK_TAKING: Phase = {
  everyMs: 11 * MINUTE_MS,
  lastsMs: MINUTE_MS,
  offsetMs: 3 * MINUTE_MS,
};
/** Two minutes in which the database picks the slow plan more often. */
const STALE_STATISTICS: Phase = {
  everyMs: 17 * MINUTE_MS,
  lastsMs: 2 * MINUTE_MS,
  offsetMs: 9 * MINUTE_MS,
};

const products = (path: string) =>
  Array.from({ length: PRODUCT_COUNT }, (_, i) => `${path}${1000 + i * 7}`);

const call = (
  to: string,
  endpoint: string,
  options: Partial<CallStep> = {},
): CallStep => ({ kind: 'call', service: to, endpoint, ...options });

function service(
  name: string,
  endpoints: Record<string, EndpointBehaviour>,
  options: Partial<ServiceBehaviour> & { namespace?: string } = {},
): ServiceBehaviour {
  const { namespace = 'shop', ...rest } = options;
  return {
    host: `${name}.${namespace}.svc.cluster.local`,
    port: 8080,
    backends: [{ workload: `${namespace}/${name}`, weight: 1 }],
    forwardsHeaders: true,
    endpoints,
    ...rest,
  };
}

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

// Asks for the price of every item on its own: an N+1 caller.
const cart = service('cart', {
  show: {
    method: 'GET',
    paths: ['/carts/current'],
    medianUs: 3_000,
    responseBytes: 2_500,
    steps: [call('pricing', 'price', { times: [3, 14] })],
  },
});

const pricing = service('pricing', {
  price: {
    method: 'GET',
    paths: products('/prices/'),
    medianUs: 2_600,
    responseBytes: 300,
    failures: [{ status: 500, chance: 0.003 }],
  },
});

const checkout = service('checkout', {
  order: {
    method: 'POST',
    paths: ['/orders'],
    medianUs: 8_000,
    responseBytes: 900,
    failures: [{ status: 500, chance: 0.004 }],
    steps: [
      call('cart', 'show'),
      call('inventory', 'reserve', { proxyRetries: 2, applicationRetries: 2 }),
      call('payment', 'charge'),
    ],
  },
});

const inventory = service(
  'inventory',
  {
    reserve: {
      method: 'POST',
      paths: ['/reservations'],
      medianUs: 11_000,
      responseBytes: 250,
    },
  },
  { overload: { phase: STOCK_TAKING, chance: 0.02, chanceInPhase: 0.75 } },
);

// Its HTTP client drops the tracing headers: whatever it calls is a new trace.
const loyalty = service(
  'loyalty',
  {
    status: {
      method: 'GET',
      paths: ['/points'],
      medianUs: 4_000,
      responseBytes: 200,
      steps: [call('customers', 'profile')],
    },
    credit: {
      method: 'POST',
      paths: ['/points'],
      medianUs: 6_000,
      responseBytes: 120,
      steps: [call('customers', 'profile'), call('customers', 'update')],
    },
  },
  { forwardsHeaders: false },
);

const customers = service('customers', {
  profile: {
    method: 'GET',
    paths: ['/customers/me'],
    medianUs: 3_500,
    responseBytes: 800,
    failures: [{ status: 500, chance: 0.002 }],
  },
  update: {
    method: 'PATCH',
    paths: ['/customers/me'],
    medianUs: 6_500,
    responseBytes: 100,
  },
});

const payment = service(
  'payment',
  {
    charge: {
      method: 'POST',
      paths: ['/charges'],
      medianUs: 9_000,
      responseBytes: 600,
      failures: [{ status: 402, chance: 0.015 }],
      steps: [
        call('fraud-check', 'score'),
        call('card-network', 'authorize', { proxyRetries: 1 }),
        call('ledger', 'book'),
      ],
    },
    settle: {
      method: 'POST',
      paths: ['/settlements'],
      medianUs: 12_000,
      responseBytes: 300,
      steps: [call('ledger', 'entries')],
    },
  },
  { namespace: 'payments' },
);

const fraudCheck = service(
  'fraud-check',
  {
    score: {
      method: 'POST',
      paths: ['/scores'],
      medianUs: 18_000,
      sigma: 0.5,
      responseBytes: 180,
      steps: [call('customers', 'profile', { chance: 0.4 })],
    },
  },
  { namespace: 'payments' },
);

const ledger = service(
  'ledger',
  {
    book: {
      method: 'POST',
      paths: ['/entries'],
      medianUs: 7_000,
      responseBytes: 90,
      steps: [call('customers', 'profile', { chance: 0.5 })],
    },
    entries: {
      method: 'GET',
      paths: ['/entries?open=true'],
      medianUs: 15_000,
      responseBytes: 14_000,
    },
  },
  { namespace: 'payments' },
);

const cardNetwork: ServiceBehaviour = {
  host: 'api.cardnetwork.example',
  port: 443,
  backends: [],
  forwardsHeaders: true,
  endpoints: {
    authorize: {
      method: 'POST',
      paths: ['/v2/authorizations'],
      medianUs: 95_000,
      sigma: 0.4,
      responseBytes: 700,
      failures: [{ status: 503, chance: 0.01 }],
    },
  },
};

/** The traffic of the shop: about 35 requests per second. */
export const shopBehaviour: MeshBehaviour = {
  services: {
    storefront,
    catalog,
    'search-index': searchIndex,
    recommendations,
    cart,
    pricing,
    checkout,
    inventory,
    loyalty,
    customers,
    payment,
    'fraud-check': fraudCheck,
    ledger,
    'card-network': cardNetwork,
  },
  sources: shopSources,
};
