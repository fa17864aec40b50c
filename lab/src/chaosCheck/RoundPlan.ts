import type { LabWorkloadName } from '../layout/LabLayout';
import { Random } from '../checks/Random';
import type { Outage } from './ChaosHarness';
import type { StepPoint } from './Steps';

/** What a replica is doing when it is killed. */
export const OPERATIONS = [
  'apply',
  'update',
  'extend',
  'revert',
  'expiry',
  'settle',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Operations that write to the cluster; one of these is what is settled. */
export type Change = Exclude<Operation, 'settle'>;

export type Disturbance =
  | { what: Outage }
  | { what: 'clock'; of: 'actor' | 'other'; wrongMs: number };

/** One round, as the seed has it. */
export interface RoundPlan {
  round: number;
  operation: Operation;
  /** The change that a killed replica left open, for `settle`. */
  left: Change;
  /** Which of the two replicas acts. */
  actor: 0 | 1;
  workload: LabWorkloadName;
  /**
   * At which of the operation's steps the replica dies, as a part from 0 to 1
   * of all its steps; undefined = it lives.
   */
  die?: { part: number; when: StepPoint['when'] };
  disturbance?: Disturbance;
  /**
   * After which of the operation's steps the disturbance comes, as a part from
   * 0 to 1 of all its steps; or before its write.
   */
  disturbAt: number | 'write';
  /** Whether the other replica is at work from the beginning. */
  contends: boolean;
  /** Whether the client asks again after an answer that it did not get. */
  retries: boolean;
  percent: number;
}

const WORKLOADS: LabWorkloadName[] = [
  'frontend-v1',
  'details-v1',
  'reviews-v1',
  'reviews-v2',
  'ratings-v1',
];
const SECOND_MS = 1000;
/**
 * Errors of a clock: less and more than a write may take, and more than is left
 * until an override's end.
 */
const WRONG_MS = [-7_200, -45, -20, 20, 45, 7_200].map(s => s * SECOND_MS);
const OUTAGES: Outage[] = [
  'API server',
  'PostgreSQL',
  'PostgreSQL, by a crash',
];

/** Every tenth round the API server is away, and every tenth PostgreSQL. */
function outageOf(round: number): Outage | undefined {
  if (round % 10 === 4) {
    return 'API server';
  }
  return round % 10 === 9
    ? OUTAGES[1 + (Math.floor(round / 10) % 2)]
    : undefined;
}

/**
 * Every operation dies before and after each of its steps in turn; all else is
 * by chance. The first rounds live, and tell how many steps there are.
 */
export function planRound(seed: number, round: number): RoundPlan {
  const random = Random.of(seed, round);
  const operation = OPERATIONS[round % OPERATIONS.length] ?? 'apply';
  const turn = Math.floor(round / OPERATIONS.length) - 1;
  const outage = turn < 0 ? undefined : outageOf(round);
  return {
    round,
    operation,
    left: random.pick(['apply', 'update', 'extend', 'revert', 'expiry']),
    actor: random.chance(0.5) ? 0 : 1,
    workload: random.pick(WORKLOADS),
    die:
      turn < 0 || random.chance(0.1)
        ? undefined
        : {
            // The golden ratio spreads the turns evenly over the steps.
            part: (turn * 0.618034) % 1,
            when: turn % 2 === 0 ? 'before' : 'after',
          },
    disturbance: turn < 0 ? undefined : disturbanceOf(outage, random),
    // Between intent and write it hurts most.
    disturbAt: random.chance(0.4) ? 'write' : random.next(),
    contends: random.chance(0.5),
    retries: random.chance(0.5),
    percent: random.between(1, 9_999) / 100,
  };
}

function disturbanceOf(
  outage: Outage | undefined,
  random: Random,
): Disturbance | undefined {
  if (outage) {
    return { what: outage };
  }
  return random.maybe(0.35, () => ({
    what: 'clock',
    of: random.pick(['actor', 'other'] as const),
    wrongMs: random.pick(WRONG_MS),
  }));
}
