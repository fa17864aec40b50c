import { spawn } from 'node:child_process';
import { dirname, delimiter } from 'node:path';
import { program, programBinary } from '../../build/programs';

const LIMIT_MS = 60_000;

/**
 * Runs the words of a command in a shell that has kubectl, with the rights of the
 * lab's administrator, and stops at the first that fails.
 *
 * @param kubeconfig - path of the file
 * @param input - what the command reads, if anything
 * @throws Error with what it printed, when it fails or takes over a minute
 */
export function runCommand(
  command: string,
  kubeconfig: string,
  input = '',
): Promise<string> {
  const kubectl = dirname(programBinary(program('kubectl')));
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', command], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      env: {
        PATH: [kubectl, process.env.PATH].join(delimiter),
        HOME: dirname(kubeconfig),
        KUBECONFIG: kubeconfig,
      },
    });
    let printed = '';
    const keep = (part: Buffer) => {
      printed += part.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${command}\nended with ${code}: ${printed}`));
    });
    child.stdin.end(input);
  });
}
