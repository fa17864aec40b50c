import { setTimeout as delay } from 'node:timers/promises';
import type { MeshLab } from '../lab/MeshLab';
import { sendPages, tracesInJaeger } from '../lab/traffic';
import type { BrokenSetup } from '../PlantedSetup';
import { telemetryOf } from './objects';

const REQUESTS = 300;
/** Of the half that passes reviews-v2, at least so many whole traces. */
const MANY = 90;
/**
 * Of traces that are decided anew, so that some show that they were: with one of a
 * hundred, a run in five had none.
 */
const SAMPLED_AGAIN_PERCENT = 5;
/** Of 5 % of the half: more by chance less than once in a million times. */
const FEW = 25;
const LIMIT_MS = 20_000;
const ARRIVED_MS = 700;

const reviews = {
  entity: 'reviews',
  workload: 'reviews-v2',
  pages: REQUESTS,
} as const;

/** How many traces go from the frontend to the ratings, and how many begin there. */
async function countTraces(lab: MeshLab) {
  const sinceMs = await sendPages(lab, 'frontend', REQUESTS);
  await delay(ARRIVED_MS);
  const traces = await tracesInJaeger(lab, 'reviews.bookinfo', sinceMs);
  const withRatings = traces.filter(services =>
    services.has('ratings.bookinfo'),
  );
  const whole = withRatings.filter(services =>
    services.has('frontend.bookinfo'),
  );
  return { whole: whole.length, apart: withRatings.length - whole.length };
}

async function until(
  lab: MeshLab,
  isSo: (counted: { whole: number; apart: number }) => boolean,
): Promise<string> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const counted = await countTraces(lab);
    const { whole, apart } = counted;
    const words = `${whole} traces reach the ratings, ${apart} begin at the reviews`;
    if (isSo(counted)) return words;
    if (Date.now() > deadline) throw new Error(`${words}.`);
  }
}

/** What reviews-v2 forwards of the headers of a trace; all when `share` is 0. */
function reviewsForward(
  lab: MeshLab,
  forwards: 'none' | 'trace-context',
  share: 0 | 1,
): Promise<void> {
  return lab.programs.behave({
    service: 'reviews-v2',
    forwards,
    share,
    seed: 1,
  });
}

async function sampleAt(
  lab: MeshLab,
  frontend: number,
  others: number,
): Promise<void> {
  const at = (randomSamplingPercentage: number) => ({
    randomSamplingPercentage,
  });
  await Promise.all([
    lab.apply(telemetryOf('namespace-tracing', at(others))),
    lab.apply(telemetryOf('ratings-tracing', at(others), { app: 'ratings' })),
    lab.apply(
      telemetryOf('frontend-tracing', at(frontend), { app: 'frontend' }),
    ),
  ]);
}

/** Headers of traces that are not handed on. */
export const headerSetups: BrokenSetup[] = [
  {
    ...reviews,
    name: 'headers not forwarded by one of five services',
    planted: 'reviews-v2 hands on no header of a trace.',
    symptom: 'Calls of reviews-v2 to the ratings are traces of their own.',
    outcome: 'Traces reach the ratings again.',
    expected: { rung: 'propagation', code: 'no-headers-forwarded' },
    plant: async lab => {
      await sampleAt(lab, 100, 100);
      await reviewsForward(lab, 'none', 1);
    },
    seen: lab => until(lab, ({ whole, apart }) => whole === 0 && apart >= MANY),
    byHand: lab => reviewsForward(lab, 'none', 0),
    mended: lab =>
      until(lab, ({ whole, apart }) => apart === 0 && whole >= MANY),
  },
  {
    ...reviews,
    name: 'only traceparent forwarded, not x-request-id',
    planted:
      'reviews-v2 hands on traceparent alone; frontend at 100 %, reviews and ratings at 5 %.',
    symptom: 'Traces end at reviews-v2.',
    outcome: 'Traces reach the ratings again.',
    expected: { rung: 'propagation', code: 'request-id-not-forwarded' },
    plant: async lab => {
      await sampleAt(lab, 100, SAMPLED_AGAIN_PERCENT);
      await reviewsForward(lab, 'trace-context', 1);
    },
    seen: lab => until(lab, ({ whole }) => whole <= FEW),
    byHand: lab => reviewsForward(lab, 'none', 0),
    mended: lab => until(lab, ({ whole }) => whole >= MANY),
  },
];
