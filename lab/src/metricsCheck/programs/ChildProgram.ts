import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { httpGet } from '../../process/httpGet';

const READY_TIMEOUT_MS = 30_000;
const POLL_MS = 50;
const GRACE_MS = 5_000;
const KEPT_OUTPUT = 20_000;

/** A program that a check runs, and that answers over HTTP once it is ready. */
export interface ProgramSpec {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Answers when the program can be used. */
  readyUrl: string;
  /** Status of that answer; 200 when absent. */
  readyStatus?: number;
}

/** A running program; it ends when it is told to, or with the check. */
export class ChildProgram {
  readonly #name: string;
  readonly #child: ChildProcess;
  #output = '';

  /** @throws Error with the end of its output when it does not become ready */
  static async start(
    spec: ProgramSpec,
    signal: AbortSignal,
  ): Promise<ChildProgram> {
    const program = new ChildProgram(spec);
    try {
      await program.#untilReady(spec, signal);
      return program;
    } catch (error) {
      await program.stop();
      throw error;
    }
  }

  private constructor({ name, command, args, env }: ProgramSpec) {
    this.#name = name;
    this.#child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, ...env },
    });
    const keep = (chunk: Buffer) => {
      this.#output = (this.#output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    this.#child.on('error', error => keep(Buffer.from(String(error))));
  }

  async stop(): Promise<void> {
    if (!this.#isRunning()) {
      return;
    }
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
    await ended;
    clearTimeout(timer);
  }

  #isRunning(): boolean {
    const { pid, exitCode, signalCode } = this.#child;
    return pid !== undefined && exitCode === null && signalCode === null;
  }

  async #untilReady(
    { readyUrl, readyStatus = 200 }: ProgramSpec,
    signal: AbortSignal,
  ): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (Date.now() < deadline) {
      signal.throwIfAborted();
      const answer = await httpGet(readyUrl, 1_000).catch(() => undefined);
      if (answer?.status === readyStatus) {
        return;
      }
      if (!this.#isRunning()) {
        break;
      }
      await delay(POLL_MS);
    }
    throw new Error(
      `${this.#name} did not start. The end of its output:\n${this.#output}`,
    );
  }
}
