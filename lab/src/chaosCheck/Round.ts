import type {
  ApplyRequest,
  ApplyResponse,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { waitUntil } from '../lifecycle/componentProcess';
import type { Wish } from '../samplingCheck/Replica';
import type { ChaosBench } from './ChaosBench';
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

/** One round: something is under way, something happens, all is settled. */
export class Round {
  readonly #bench: ChaosBench;
  readonly #plan: RoundPlan;
  readonly #catalog: StepCatalog;
  readonly #name: string;
  readonly #sinceSeq: string;
  readonly #tally: RoundTally = { kills: 0, restarts: 0 };
  /** What a client was told to be done. */
  readonly #acknowledged: ApplyRequest[] = [];
  #command?: ReplicaCommand;

  static async begin(
    bench: ChaosBench,
    plan: RoundPlan,
    catalog: StepCatalog,
  ): Promise<Round> {
    await bench.advance(PAST_GRACE_MS);
    const sinceSeq = await bench.database.lastSeq();
    bench.announced.length = 0;
    bench.audited.length = 0;
    bench.log.length = 0;
    return new Round(bench, plan, catalog, sinceSeq);
  }

  private constructor(
    bench: ChaosBench,
    plan: RoundPlan,
    catalog: StepCatalog,
    sinceSeq: string,
  ) {
    this.#bench = bench;
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
    return this.#bench.database.history(this.#name, this.#sinceSeq);
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

  /** Everything up to the one command that is what the round is about. */
  async #prepare(change: Change): Promise<ReplicaCommand> {
    const bench = this.#bench;
    const { percent } = this.#plan;
    if (change === 'apply') {
      return this.#prepareApply({});
    }
    await this.#applyFirst();
    if (change === 'update' || change === 'extend') {
      return this.#prepareApply(
        change === 'update'
          ? { samplingPercent: Math.round(percent) / 2 }
          : { expiresAt: bench.in(2 * HOUR_MS) },
      );
    }
    if (change === 'expiry') {
      await bench.advance(HOUR_MS + 1);
      return { do: 'expiry' };
    }
    const { metadata } = (await bench.object(this.#name)) ?? assert.fail();
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
    const request = await this.#bench
      .replica(this.#plan.actor)
      .ask<ApplyRequest>({ do: 'prepare', wish: this.#wish(wish) });
    return { do: 'apply', user: ADA, request };
  }

  async #applyFirst(): Promise<void> {
    const command = await this.#prepareApply({});
    const { override } = await this.#bench
      .replica(this.#plan.actor)
      .ask<ApplyResponse>(command);
    this.#acknowledge(command);
    await this.#bench.seen(this.#name, {
      metadata: { resourceVersion: override.resourceVersion },
    } as Telemetry);
  }

  /** A replica dies around its write; another has to find out what it did. */
  async #leaveOpen(change: Change): Promise<void> {
    const { actor, die } = this.#plan;
    const command = await this.#prepare(change);
    const result = await this.#bench.replica(actor).run(command, {
      die: { index: 'write', when: die?.when ?? 'after' },
    });
    assert.ok(result.died, `${change} did not come to its write`);
    await this.#replaceDead();
    await this.#bench.advance(PAST_GRACE_MS);
    await this.#bench.seen(this.#name, await this.#bench.object(this.#name));
  }

  /** Runs the command while all that the plan has happens to it. */
  async #act(operation: Operation, command: ReplicaCommand): Promise<void> {
    const catalog = this.#catalog;
    const plan = this.#plan;
    const interruption = interruptionOf(plan, catalog.count(operation));
    const { restarts, result } = await runUnderChaos(this.#bench, {
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
    this.#tally.kills += await this.#bench.replaceDead();
  }

  async #recover(): Promise<void> {
    await this.#replaceDead();
    await this.#bench.advance(PAST_GRACE_MS);
  }

  /** A client that got no answer, or asks twice, asks the other replica. */
  async #retry(): Promise<void> {
    const { actor, retries } = this.#plan;
    if (retries && this.#command?.do === 'apply') {
      const result = await this.#bench.replica(1 - actor).run(this.#command);
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
        await this.#bench.runTasks();
        const rows = await this.history();
        const isOpen = rows.some(({ outcome }) => outcome === 'pending');
        return !isOpen && isAsWanted();
      },
      this.#bench.signal,
      SETTLE_MS,
    );
  }

  async #end(): Promise<void> {
    await this.#bench.advance(3 * HOUR_MS);
    await this.#until(
      'the end of the override',
      async () => (await this.#bench.object(this.#name)) === undefined,
    );
    await this.#bench.seen(this.#name, undefined);
    // Once more, with views that show the end.
    await this.#bench.runTasks();
  }

  async #verify(verify: typeof verifyNow): Promise<void> {
    const { database } = this.#bench;
    verify({
      object: await this.#bench.object(this.#name),
      rows: await this.history(),
      remembered: await database.remembered(this.#name),
      announced: this.#bench.announced,
      audited: this.#bench.audited,
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
      expiresAt: this.#bench.in(HOUR_MS),
      ...wish,
    };
  }
}
