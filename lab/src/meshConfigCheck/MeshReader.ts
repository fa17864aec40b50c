import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { program, programBinary } from '../build/programs';
import { run } from '../build/run';

/** What Istio's own reader says of texts. */
export interface MeshReaderAnswer {
  /** For each text why it is refused; empty where it is not. */
  errors?: string[];
  /** The mesh config, or what the YAML says. */
  value?: unknown;
}

/** Istio's readers of mesh configs and YAML, in a process of their own. */
export class MeshReader {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting: Array<(line: string) => void> = [];
  #closed = false;

  static start(): MeshReader {
    return new MeshReader(
      spawn(programBinary(program('meshreader')), [], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
  }

  /** The messages that a mesh config may contain, as Istio's API declares them. */
  static schema(): Promise<string> {
    return run(programBinary(program('meshreader')), ['schema'], {
      cwd: process.cwd(),
    });
  }

  private constructor(child: ChildProcessByStdio<Writable, Readable, null>) {
    this.#child = child;
    const lines = createInterface({ input: child.stdout });
    lines.on('line', line => this.#waiting.shift()?.(line));
    lines.on('close', () => {
      this.#closed = true;
      this.#waiting.splice(0).forEach(answer => answer('{"errors":["gone"]}'));
    });
  }

  /** Applies texts in this order over Istio's defaults. */
  mesh(texts: readonly string[]): Promise<MeshReaderAnswer> {
    return this.#ask({ mesh: texts });
  }

  yaml(text: string): Promise<MeshReaderAnswer> {
    return this.#ask({ yaml: text });
  }

  stop(): void {
    this.#child.stdin.end();
  }

  #ask(question: object): Promise<MeshReaderAnswer> {
    if (this.#closed) throw new Error('The mesh reader has ended.');
    return new Promise(resolve => {
      this.#waiting.push(line => resolve(JSON.parse(line)));
      this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    });
  }
}
