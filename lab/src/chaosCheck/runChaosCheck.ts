import assert from 'node:assert/strict';
import { startLab } from '../lifecycle/startLab';
import { stopLab } from '../lifecycle/stopLab';
import { requireNoLab } from '../lifecycle/withOwnLab';
import { CheckList } from '../checks/CheckList';
import { ChaosHarness } from './ChaosHarness';
import { ChaosTally } from './ChaosTally';
import { Round } from './Round';
import { planRound, type RoundPlan } from './RoundPlan';
import { StepCatalog } from './StepCatalog';

/** How the check runs. */
export interface ChaosCheckOptions {
  lab: string;
  rounds: number;
  seed: number;
  signal: AbortSignal;
  print: (line: string) => void;
}

/** Every so many rounds a line tells how far it is. */
const TELL_EVERY = 25;

/**
 * Kills replicas of the portal at each step of what they do, on a real API
 * server and a real PostgreSQL, and checks what is left.
 *
 * @returns true when every round passed
 */
export async function runChaosCheck(
  options: ChaosCheckOptions,
): Promise<boolean> {
  const { lab, rounds, seed, signal, print } = options;
  // Of the rounds that passed the sums tell enough.
  const checks = CheckList.create(line => {
    if (!line.startsWith('  ok') && !signal.aborted) print(line);
  });
  const tally = ChaosTally.create();
  requireNoLab(lab);
  let harness: ChaosHarness | undefined;
  try {
    const { endpoints } = await startLab({ name: lab, signal });
    assert.ok(endpoints, 'the lab is down');
    harness = await ChaosHarness.start(lab, endpoints, signal);
    const catalog = StepCatalog.create();
    tally.start();
    print(`${rounds} rounds with seed ${seed}:`);
    for (let round = 0; round < rounds; round += 1) {
      signal.throwIfAborted();
      await checkRound(harness, planRound(seed, round), {
        catalog,
        checks,
        signal,
        tally,
      });
      if ((round + 1) % TELL_EVERY === 0) {
        print(`  ${round + 1} rounds, ${tally.seconds()} s`);
      }
    }
  } finally {
    await harness?.stop();
    await stopLab(lab);
  }
  tally.lines().forEach(print);
  return checks.finish();
}

async function checkRound(
  harness: ChaosHarness,
  plan: RoundPlan,
  {
    catalog,
    checks,
    signal,
    tally,
  }: {
    catalog: StepCatalog;
    checks: CheckList;
    signal: AbortSignal;
    tally: ChaosTally;
  },
): Promise<void> {
  const round = await Round.begin(harness, plan, catalog);
  const name = `round ${plan.round}, ${plan.operation}: afterwards each override ends exactly once, and the history is complete`;
  await checks.check(name, async () => {
    try {
      await round.play();
    } catch (error) {
      signal.throwIfAborted();
      const story = JSON.stringify(
        {
          plan,
          ...round.tally,
          log: harness.log,
          history: await round.history(),
        },
        undefined,
        2,
      );
      await harness.clear(round.name);
      throw new Error(
        `${error instanceof Error ? error.message : error}\n${story}`,
      );
    }
  });
  tally.add(plan, round.tally);
}
