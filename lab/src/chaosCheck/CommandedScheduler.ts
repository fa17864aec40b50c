import type {
  SchedulerService,
  SchedulerServiceTaskFunction,
} from '@backstage/backend-plugin-api';

/** Keeps tasks, and runs them when told to. */
export class CommandedScheduler implements SchedulerService {
  readonly #tasks = new Map<string, SchedulerServiceTaskFunction>();

  static create(): CommandedScheduler {
    return new CommandedScheduler();
  }

  private constructor() {}

  async scheduleTask({
    id,
    fn,
  }: Parameters<SchedulerService['scheduleTask']>[0]): Promise<void> {
    this.#tasks.set(id, fn);
  }

  createScheduledTaskRunner(
    schedule: Parameters<SchedulerService['createScheduledTaskRunner']>[0],
  ): ReturnType<SchedulerService['createScheduledTaskRunner']> {
    return { run: task => this.scheduleTask({ ...schedule, ...task }) };
  }

  async triggerTask(id: string): Promise<void> {
    const task = this.#tasks.get(id);
    if (!task) {
      throw new Error(`No task ${id} is scheduled`);
    }
    await task(new AbortController().signal);
  }

  async cancelTask(id: string): Promise<void> {
    this.#tasks.delete(id);
  }

  async getScheduledTasks(): Promise<[]> {
    return [];
  }
}
