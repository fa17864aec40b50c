import type { ServiceBehaviour } from '../traffic';
import { call, service } from './describeService';

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

/** Who buys. */
export const customerServices: Readonly<Record<string, ServiceBehaviour>> = {
  loyalty,
  customers,
};
