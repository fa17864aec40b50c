import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { RequestCounts, Touch } from './ApiServer';
import type { ScaleSize } from './ScaleSize';

/** The API servers of a simulated mesh, in a process of their own. */
export interface RunningApiServer {
  url: string;
  /** What was asked since the last look. */
  counts(): Promise<RequestCounts>;
  touch(touch: Touch): Promise<void>;
  stop(): Promise<void>;
}

export async function startApiServer(
  size: ScaleSize,
): Promise<RunningApiServer> {
  const child = fork(require.resolve('./ApiServer'), [JSON.stringify(size)], {
    execArgv: [
      '-r',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
    ],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error('The API server did not start')));
    // The transform of sources sends messages of its own.
    child.on('message', message => {
      if (typeof message === 'string') {
        resolve(message);
      }
    });
  });
  return {
    url,
    counts: async () =>
      (await (await fetch(`${url}/counts`)).json()) as RequestCounts,
    touch: async touch => {
      const body = JSON.stringify(touch);
      await (await fetch(`${url}/touch`, { method: 'POST', body })).text();
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
