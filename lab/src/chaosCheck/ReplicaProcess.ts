import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { labPath } from '../labPath';
import type {
  AuditedChange,
  FromReplica,
  ReplicaAnswer,
  ReplicaCommand,
  ReplicaStart,
  ToReplica,
} from './replicaMessages';
import type { Interruption } from './Steps';

/** How a command ended: with an answer, or with the process. */
export type CommandResult =
  | ({ died: false } & Omit<ReplicaAnswer, 'id'>)
  | { died: true };

interface Waiting {
  settle: (result: CommandResult) => void;
  paused?: () => Promise<void>;
}

/** Hears what a replica says by itself. */
export interface ReplicaListener {
  /** What a message to people is about. */
  announced: (scope: string) => void;
  audited: (change: AuditedChange) => void;
  logged: (line: string) => void;
}

/** A replica of the portal in a process of its own. */
export class ReplicaProcess {
  readonly #child: ChildProcess;
  readonly #listener: ReplicaListener;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ready: Promise<void>;
  #next = 1;
  #isDead = false;
  #becameReady: () => void = () => undefined;

  static start(
    options: ReplicaStart,
    listener: ReplicaListener,
  ): ReplicaProcess {
    return new ReplicaProcess(options, listener);
  }

  private constructor(options: ReplicaStart, listener: ReplicaListener) {
    this.#listener = listener;
    this.#child = fork(labPath('src', 'chaosCheck', 'replicaProgram.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#ready = new Promise((resolve, reject) => {
      this.#becameReady = resolve;
      this.#child.once('exit', code =>
        reject(new Error(`A replica ended while it started (${code})`)),
      );
    });
    // Whoever waits for it hears of a failure; while nobody does, it must not
    // end this process as an unhandled rejection.
    this.#ready.catch(() => undefined);
    this.#child.on('message', message => this.#hear(message as FromReplica));
    this.#child.once('exit', () => this.#died());
    this.#send({ start: options });
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Resolves when the watch is open. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** @param paused - what happens while the operation waits at its pause */
  run(
    command: ReplicaCommand,
    interruption: Interruption = {},
    paused?: () => Promise<void>,
  ): Promise<CommandResult> {
    if (this.#isDead) {
      return Promise.resolve({ died: true });
    }
    return new Promise(resolve => {
      const id = this.#next;
      this.#next += 1;
      this.#waiting.set(id, { settle: resolve, paused });
      this.#send({ id, command, interruption });
    });
  }

  /** The value of a command that must succeed. */
  async ask<T>(command: ReplicaCommand): Promise<T> {
    const result = await this.run(command);
    if (result.died) {
      throw new Error(`The replica died at ${command.do}`);
    }
    if (result.error) {
      const { name, message } = result.error;
      throw new Error(`${command.do}: ${name}: ${message}`);
    }
    return result.value as T;
  }

  async kill(): Promise<void> {
    if (!this.#isDead) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await exited;
    }
  }

  #send(message: ToReplica): void {
    // A process that was killed meanwhile is told of by its exit.
    this.#child.send(message, () => undefined);
  }

  #hear(message: FromReplica): void {
    if ('ready' in message) {
      this.#becameReady();
    } else if ('log' in message) {
      this.#listener.logged(message.log);
    } else if ('announced' in message) {
      this.#listener.announced(message.announced);
    } else if ('audited' in message) {
      this.#listener.audited(message.audited);
    } else if ('paused' in message) {
      this.#paused();
    } else {
      const { id, ...answer } = message;
      this.#waiting.get(id)?.settle({ died: false, ...answer });
      this.#waiting.delete(id);
    }
  }

  #paused(): void {
    const waiting = [...this.#waiting.values()].find(({ paused }) => paused);
    const resume = () => this.#send({ resume: true });
    (waiting?.paused?.() ?? Promise.resolve()).then(resume, resume);
  }

  #died(): void {
    this.#isDead = true;
    for (const { settle } of this.#waiting.values()) {
      settle({ died: true });
    }
    this.#waiting.clear();
  }
}
