import type { ChaosHarness } from './ChaosHarness';
import type { ReplicaCommand } from './replicaMessages';
import type { CommandResult } from './ReplicaProcess';
import type { RoundPlan } from './RoundPlan';
import type { Interruption } from './Steps';

/**
 * Where among the operation's steps the replica dies and waits, as the plan has
 * it.
 *
 * @param count - how many steps the operation has, as far as it is known
 */
export function interruptionOf(
  { die, disturbance, disturbAt }: RoundPlan,
  count: number,
): Interruption {
  const step = (part: number) => Math.min(Math.floor(part * count), count - 1);
  return {
    die: die && { index: step(die.part), when: die.when },
    pause:
      disturbance &&
      (disturbAt === 'write'
        ? { index: disturbAt, when: 'before' }
        : { index: step(disturbAt), when: 'after' }),
  };
}

/**
 * Runs a command on the replica that acts, disturbs it on its way, and lets the
 * other do meanwhile what the scheduler runs. What was away is back afterwards.
 */
export async function runUnderChaos(
  harness: ChaosHarness,
  options: {
    plan: RoundPlan;
    command: ReplicaCommand;
    interruption: Interruption;
  },
): Promise<{ result: CommandResult; restarts: number }> {
  const { command, interruption, plan } = options;
  const { actor, contends, disturbance } = plan;
  const other = harness.replica(1 - actor);
  const background: Array<Promise<CommandResult>> = [];
  const runOther = () => {
    background.push(other.run({ do: 'expiry' }));
    background.push(other.run({ do: 'reconcile' }));
  };
  const outage = disturbance?.what === 'clock' ? undefined : disturbance?.what;
  let restarts = 0;
  const disturb = async () => {
    if (disturbance?.what === 'clock') {
      await harness.setClock(
        disturbance.of === 'actor' ? actor : 1 - actor,
        disturbance.wrongMs,
      );
      runOther();
      // The clock is wrong while the other works.
      await Promise.all(background);
    } else if (outage) {
      restarts += 1;
      await harness.down(outage);
      runOther();
    }
  };
  if (contends) {
    runOther();
  }
  try {
    const replica = harness.replica(actor);
    const result = await replica.run(command, interruption, disturb);
    if (background.length === 0) {
      runOther();
    }
    await Promise.all(background);
    return { result, restarts };
  } finally {
    if (outage && restarts > 0) {
      await harness.up(outage);
    }
  }
}
