import type {
  ApplyRequest,
  ApplyResponse,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { waitUntil } from '../lifecycle/componentProcess';
import type { Wish } from '../samplingCheck/Replica';
import type { ChaosHarness } from './ChaosHarness';
import type { HistoryRow } from './ChaosDatabase';
import type { RoundTally } from './ChaosTally';
import type { ReplicaCommand } from './replicaMessages';
import type { Change, Operation, RoundPlan } from './RoundPlan';
import { interruptionOf, runUnderChaos } from './runUnderChaos';
import type { StepCatalog } from './StepCatalog';
import { verifyEnded, verifyNow } from './verifyHistory';

const ADA = 'user:default/ada';
const HOUR_MS = 60 * 60_000;
/** Longer than the portal waits for a write. */
const PAST_GRACE_MS = 31_000;
const SETTLE_MS = 20_000;

/**
 * One round: an operation is disturbed or its replica killed, and in the end
 * all must be settled.
 */
export class Round {
  readonly #harness: ChaosHarness;
  readonly #plan: RoundPlan;
  readonly #catalog: StepCatalog;
  readonly #name: string;
  readonly #sinceSeq: string;
  readonly #tally: RoundTally = { kills: 0, restarts: 0 };
  /** Requests that a client was told to be done. */
  readonly #acknowledged: ApplyRequest[] = [];
  #command?: ReplicaCommand;

  static async begin(
    harness: ChaosHarness,
    plan: RoundPlan,
    catalog: StepCatalog,
  ): Promise<Round> {
    await harness.advance(PAST_GRACE_MS);
    const sinceSeq = await harness.database.lastSeq();
    harness.announced.length = 0;
    harness.audited.length = 0;
    harness.log.length = 0;
    return new Round(harness, plan, catalog, sinceSeq);
  }

  private constructor(
    harness: ChaosHarness,
    plan: RoundPlan,
    catalog: StepCatalog,
    sinceSeq: string,
  ) {
    this.#harness = harness;
    this.#plan = plan;
    this.#catalog = catalog;
    this.#name = `mesh-tracing.${plan.workload}`;
    this.#sinceSeq = sinceSeq;
  }

  get name(): string {
    return this.#name;
  }

  get tally(): RoundTally {
    return this.#tally;
  }

  history(): Promise<HistoryRow[]> {
    return this.#harness.database.history(this.#name, this.#sinceSeq);
  }

  /** @throws Error when what is left is not what it must be */
  async play(): Promise<void> {
    const { operation, left } = this.#plan;
    if (operation === 'settle') {
      await this.#leaveOpen(left);
      await this.#act('settle', { do: 'reconcile' });
    } else {
      this.#command = await this.#prepare(operation);
      await this.#act(operation, this.#command);
    }
    await this.#recover();
    await this.#retry();
    await this.#until('the settlement of all changes');
    await this.#verify(verifyNow);
    await this.#end();
    await this.#verify(verifyEnded);
  }

  /**
   * Does all that comes before the command that the round is about, and gives
   * that command.
   */
  async #prepare(change: Change): Promise<ReplicaCommand> {
    const harness = this.#harness;
    const { percent } = this.#plan;
    if (change === 'apply') {
      return this.#prepareApply({});
    }
    await this.#applyFirst();
    if (change === 'update' || change === 'extend') {
      return this.#prepareApply(
        change === 'update'
          ? { samplingPercent: Math.round(percent) / 2 }
          : { expiresAt: harness.in(2 * HOUR_MS) },
      );
    }
    if (change === 'expiry') {
      await harness.advance(HOUR_MS + 1);
      return { do: 'expiry' };
    }
    const { metadata } = (await harness.object(this.#name)) ?? assert.fail();
    return {
      do: 'revert',
      wish: this.#wish(),
      seen: {
        uid: metadata.uid ?? '',
        resourceVersion: metadata.resourceVersion ?? '',
      },
    };
  }

  async #prepareApply(wish: Partial<Wish>): Promise<ReplicaCommand> {
    const request = await this.#harness
      .replica(this.#plan.actor)
      .ask<ApplyRequest>({ do: 'prepare', wish: this.#wish(wish) });
    return { do: 'apply', user: ADA, request };
  }

  async #applyFirst(): Promise<void> {
    const command = await this.#prepareApply({});
    const { override } = await this.#harness
      .replica(this.#plan.actor)
      .ask<ApplyResponse>(command);
    this.#acknowledge(command);
    await this.#harness.seen(this.#name, {
      metadata: { resourceVersion: override.resourceVersion },
    } as Telemetry);
  }

  /** A replica dies around its write; another has to find out what it did. */
  async #leaveOpen(change: Change): Promise<void> {
    const { actor, die } = this.#plan;
    const command = await this.#prepare(change);
    const result = await this.#harness.replica(actor).run(command, {
      die: { index: 'write', when: die?.when ?? 'after' },
    });
    assert.ok(result.died, `${change} did not come to its write`);
    await this.#replaceDead();
    await this.#harness.advance(PAST_GRACE_MS);
    await this.#harness.seen(
      this.#name,
      await this.#harness.object(this.#name),
    );
  }

  /** Runs the command while all that the plan has happens to it. */
  async #act(operation: Operation, command: ReplicaCommand): Promise<void> {
    const catalog = this.#catalog;
    const plan = this.#plan;
    const interruption = interruptionOf(plan, catalog.count(operation));
    const { restarts, result } = await runUnderChaos(this.#harness, {
      plan,
      command,
      interruption,
    });
    this.#tally.restarts += restarts;
    const { die } = interruption;
    if (result.died) {
      this.#tally.killedAt =
        die && `${die.when} ${catalog.name(operation, die.index)}`;
    } else if (!result.error) {
      catalog.learn(operation, result.steps);
      this.#acknowledge(command);
    }
  }

  #acknowledge(command: ReplicaCommand): void {
    if (command.do === 'apply') {
      this.#acknowledged.push(command.request);
    }
  }

  async #replaceDead(): Promise<void> {
    this.#tally.kills += await this.#harness.replaceDead();
  }

  async #recover(): Promise<void> {
    await this.#replaceDead();
    await this.#harness.advance(PAST_GRACE_MS);
  }

  /** A client that got no answer, or asks twice, asks the other replica. */
  async #retry(): Promise<void> {
    const { actor, retries } = this.#plan;
    if (retries && this.#command?.do === 'apply') {
      const result = await this.#harness.replica(1 - actor).run(this.#command);
      assert.ok(!result.died);
      if (!result.error) {
        this.#acknowledge(this.#command);
      }
    }
  }

  /**
   * Both replicas do what they do from time to time, until nothing is open and
   * the cluster is as wanted.
   */
  async #until(
    what: string,
    isAsWanted: () => Promise<boolean> = async () => true,
  ): Promise<void> {
    await waitUntil(
      what,
      async () => {
        await this.#harness.runTasks();
        const rows = await this.history();
        const isOpen = rows.some(({ outcome }) => outcome === 'pending');
        return !isOpen && isAsWanted();
      },
      this.#harness.signal,
      SETTLE_MS,
    );
  }

  async #end(): Promise<void> {
    await this.#harness.advance(3 * HOUR_MS);
    await this.#until(
      'the end of the override',
      async () => (await this.#harness.object(this.#name)) === undefined,
    );
    await this.#harness.seen(this.#name, undefined);
    // Once more, with views that show the end.
    await this.#harness.runTasks();
  }

  async #verify(verify: typeof verifyNow): Promise<void> {
    const { database } = this.#harness;
    verify({
      object: await this.#harness.object(this.#name),
      rows: await this.history(),
      remembered: await database.remembered(this.#name),
      announced: this.#harness.announced,
      audited: this.#harness.audited,
      acknowledged: await Promise.all(
        this.#acknowledged.map(({ requestId }) => database.eventOf(requestId)),
      ),
    });
  }

  #wish(wish: Partial<Wish> = {}): Wish {
    return {
      user: ADA,
      workload: this.#plan.workload,
      samplingPercent: this.#plan.percent,
      expiresAt: this.#harness.in(HOUR_MS),
      ...wish,
    };
  }
}
