import { homedir } from 'node:os';
import { labPath } from '../labPath';

/** How to run a TypeScript entry point of the lab with this Node. */
export function nodeProgram(entry: string): {
  command: string;
  args: string[];
  env: Record<string, string>;
} {
  return {
    command: process.execPath,
    args: [
      '-r',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      labPath('src', entry),
    ],
    env: {
      NODE_ENV: 'development',
      // The transform keeps its native part in the user's cache.
      HOME: homedir(),
      ...(process.env.XDG_CACHE_HOME && {
        XDG_CACHE_HOME: process.env.XDG_CACHE_HOME,
      }),
    },
  };
}
