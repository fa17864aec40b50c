import type { ServiceBehaviour } from '../traffic';
import { call, service } from './describeService';

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

/** What happens to the money. */
export const paymentServices: Readonly<Record<string, ServiceBehaviour>> = {
  payment,
  'fraud-check': fraudCheck,
  ledger,
  'card-network': cardNetwork,
};
