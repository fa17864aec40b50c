import type { Phase, ServiceBehaviour } from '../traffic';
import { call, products, service } from './describeService';

const MINUTE_MS = 60_000;

/** A minute in which stock-keeping has no room and every caller retries. */
const STOCK_TAKING: Phase = {
  everyMs: 11 * MINUTE_MS,
  lastsMs: MINUTE_MS,
  offsetMs: 3 * MINUTE_MS,
};

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

/** What happens from the cart to the reservation of stock. */
export const orderServices: Readonly<Record<string, ServiceBehaviour>> = {
  cart,
  pricing,
  checkout,
  inventory,
};
