import { spawn } from 'node:child_process';

/** How to run a tool. */
export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  signal?: AbortSignal;
}

const KEPT_LINES = 15;

/**
 * Runs a tool to its end and resolves with its standard output.
 *
 * @throws Error with the last lines of its standard error
 */
export function run(
  command: string,
  args: string[],
  options: RunOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = () => child.kill('SIGTERM');
    options.signal?.addEventListener('abort', stop, { once: true });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', part => {
      stdout += part;
    });
    child.stderr.on('data', part => {
      stderr = (stderr + part).slice(-20_000);
    });
    child.on('error', reject);
    child.on('close', code => {
      options.signal?.removeEventListener('abort', stop);
      if (options.signal?.aborted) {
        reject(options.signal.reason);
      } else if (code === 0) {
        resolve(stdout);
      } else {
        const tail = stderr.trimEnd().split('\n').slice(-KEPT_LINES);
        const what = [command, ...args.slice(0, 2)].join(' ');
        reject(
          new Error(`\`${what}\` failed (${code}):\n  ${tail.join('\n  ')}`),
        );
      }
    });
  });
}
