import { setTimeout as delay } from 'node:timers/promises';
import { ROOT_NAMESPACE } from '../../kubernetes/meshWorkloads';
import type { MeshLab } from '../lab/MeshLab';
import { sendPages, tracesInJaeger } from '../lab/traffic';
import type { BrokenSetup } from '../PlantedSetup';
import { telemetryOf } from './objects';

const REQUESTS = 400;
/** One of a hundred are expected; more than this by chance once in a million times. */
const FEW = 18;
const LIMIT_MS = 20_000;
const ARRIVED_MS = 700;

async function tracedOf(lab: MeshLab, isSo: (traced: number) => boolean) {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const sinceMs = await sendPages(lab, 'gateway', REQUESTS);
    await delay(ARRIVED_MS);
    const found = await tracesInJaeger(lab, 'frontend.bookinfo', sinceMs);
    const words = `${found.length} of ${REQUESTS} requests are traced`;
    if (isSo(found.length)) return words;
    if (Date.now() > deadline) throw new Error(`${words}.`);
  }
}

/** A proxy further up that has decided. */
export const decisionSetups: BrokenSetup[] = [
  {
    name: 'sampling decided at the gateway',
    planted:
      'The frontend is set to 100 %; its requests come through the gateway, which is at 1 %.',
    symptom: 'One request of a hundred is traced.',
    outcome: 'All requests are traced.',
    entity: 'frontend',
    workload: 'frontend-v1',
    way: 'gateway',
    pages: REQUESTS,
    expected: { rung: 'decision', code: 'decision-elsewhere' },
    plant: async lab => {
      await lab.apply(
        telemetryOf(
          'frontend-tracing',
          { randomSamplingPercentage: 100 },
          { app: 'frontend' },
        ),
      );
      await lab.apply(
        telemetryOf(
          'gateway-tracing',
          { randomSamplingPercentage: 1 },
          { app: 'istio-ingressgateway', namespace: ROOT_NAMESPACE },
        ),
      );
    },
    seen: lab => tracedOf(lab, traced => traced > 0 && traced <= FEW),
    // The gateway's own page offers the same button, which hands over a command:
    // the portal may not write into the root namespace.
    byHand: async lab => {
      await lab.apply(
        telemetryOf(
          'gateway-tracing',
          { randomSamplingPercentage: 100 },
          { app: 'istio-ingressgateway', namespace: ROOT_NAMESPACE },
        ),
      );
    },
    mended: lab => tracedOf(lab, traced => traced === REQUESTS),
  },
];
