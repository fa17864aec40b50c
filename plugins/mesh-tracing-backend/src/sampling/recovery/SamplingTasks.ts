import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { AcceptanceWatch } from '../acceptance/AcceptanceWatch';
import type { OutsideChanges } from '../outside/OutsideChanges';
import type { OverrideExpiry } from './OverrideExpiry';
import type { SamplingReconciler } from './SamplingReconciler';
import type { SamplingStore } from '../store/SamplingStore';

interface SamplingTasksOptions {
  acceptance: AcceptanceWatch;
  expiry: OverrideExpiry;
  outsideChanges: OutsideChanges;
  reconciler: SamplingReconciler;
  store: SamplingStore;
  historyRetentionMs: number;
}

/** Schedules what the sampling capability does by itself. */
export class SamplingTasks {
  readonly #options: SamplingTasksOptions;

  static create(options: SamplingTasksOptions): SamplingTasks {
    return new SamplingTasks(options);
  }

  private constructor(options: SamplingTasksOptions) {
    this.#options = options;
  }

  /**
   * Each task runs on one replica at a time. All are safe on
   * several; the scheduler only spares the work.
   */
  async start(scheduler: SchedulerService): Promise<() => void> {
    const { acceptance, expiry, outsideChanges, reconciler, store } =
      this.#options;
    const schedule = (
      id: string,
      seconds: number,
      fn: (signal: AbortSignal) => Promise<void>,
    ) =>
      scheduler.scheduleTask({
        id: `mesh-tracing-${id}`,
        frequency: { seconds },
        timeout: { minutes: 2 },
        initialDelay: { seconds: 3 },
        scope: 'global',
        fn,
      });
    await schedule('expiry', 15, () => expiry.run());
    await schedule('reconcile', 20, async () => {
      await reconciler.run();
      await outsideChanges.run();
    });
    await schedule('acceptance', 20, signal => acceptance.run(signal));
    await schedule('history-retention', 24 * 60 * 60, () =>
      store.purge(Date.now() - this.#options.historyRetentionMs),
    );
    return outsideChanges.watch();
  }
}
