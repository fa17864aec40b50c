import { freePort } from './freePort.mjs';
import { startProduct } from './product.mjs';
import { elapsed, say } from './progress.mjs';

const PREFERRED_PORT = 7007;

/**
 * Serves the product until Ctrl-C, and answers the exit code.
 *
 * @param {{ configs: string[], env?: Record<string, string>, hints: string[] }} options
 */
export async function serve({ configs, env, hints }) {
  const port = await freePort(Number(process.env.PORT ?? PREFERRED_PORT));
  const verbose = process.argv.includes('--verbose');
  say(`Starting the backend on port ${port}`);
  const product = startProduct({
    port,
    configs,
    env,
    onOutput: text => verbose && process.stdout.write(text),
  });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    process.stdout.write('\nStopping\n');
    await product.stop();
  };
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(signal => process.on(signal, stop));

  if (!(await product.ready())) {
    if (stopping) return 0;
    process.stderr.write(product.output());
    process.stderr.write(
      '\nThe backend did not start; the output above says why.\n',
    );
    await product.stop();
    return 1;
  }
  process.stdout.write(
    `\n  Mesh Tracing is ready after ${elapsed()}:  ${product.url}\n\n${hints
      .map(hint => `  ${hint}\n`)
      .join('')}\n  Ctrl-C stops it.\n\n`,
  );
  const code = await product.exited;
  if (stopping) return 0;
  process.stderr.write(product.output());
  process.stderr.write(
    `\nThe backend ended (${code}); the output above says why.\n`,
  );
  return 1;
}
