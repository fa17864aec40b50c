import { AsyncLocalStorage } from 'node:async_hooks';

/** Before or after one of the calls that an operation makes. */
export interface StepPoint {
  /** Counted from 0, or the one that writes to the cluster. */
  index: number | 'write';
  when: 'before' | 'after';
}

/** What happens to an operation on its way. */
export interface Interruption {
  /** The process is killed there. */
  die?: StepPoint;
  /** The operation waits there until it may go on. */
  pause?: StepPoint;
}

const WRITES = new Set([
  'createTelemetry',
  'replaceTelemetry',
  'deleteTelemetry',
]);

interface Run {
  interruption: Interruption;
  names: string[];
}

/**
 * Counts the calls that one operation makes to the database and the cluster,
 * and kills the process at one of them, as the kernel would.
 */
export class Steps {
  readonly #runs = new AsyncLocalStorage<Run>();
  readonly #pause: () => Promise<void>;

  /** @param pause - resolves when a paused operation may go on */
  static create(pause: () => Promise<void>): Steps {
    return new Steps(pause);
  }

  private constructor(pause: () => Promise<void>) {
    this.#pause = pause;
  }

  /** Runs an operation; calls from elsewhere in the process do not count. */
  run<T>(
    interruption: Interruption,
    operation: () => Promise<T>,
  ): { result: Promise<T>; names: string[] } {
    const run: Run = { interruption, names: [] };
    return { result: this.#runs.run(run, operation), names: run.names };
  }

  /** The same object, whose calls are steps: all of them, or those named. */
  around<T extends object>(target: T, methods?: readonly string[]): T {
    return new Proxy(target, {
      get: (object, property) => {
        const member: unknown = Reflect.get(object, property, object);
        if (typeof member !== 'function') {
          return member;
        }
        const name = String(property);
        return (...args: unknown[]) => {
          const call = () => member.apply(object, args);
          const run = this.#runs.getStore();
          return run && (!methods || methods.includes(name))
            ? this.#step(run, name, call)
            : call();
        };
      },
    });
  }

  async #step(
    run: Run,
    name: string,
    call: () => Promise<unknown>,
  ): Promise<unknown> {
    const index = run.names.push(name) - 1;
    const at = async (when: StepPoint['when']) => {
      const isThere = (point?: StepPoint) =>
        point?.when === when &&
        (point.index === 'write' ? WRITES.has(name) : point.index === index);
      if (isThere(run.interruption.pause)) {
        await this.#pause();
      }
      if (isThere(run.interruption.die)) {
        process.kill(process.pid, 'SIGKILL');
      }
    };
    await at('before');
    const value = await call();
    await at('after');
    return value;
  }
}
