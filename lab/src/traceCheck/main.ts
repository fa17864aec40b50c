import { constants } from 'node:os';
import { runTraceCheck } from './runTraceCheck';

async function main(): Promise<void> {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // As shells expect of a program that a signal ended.
      process.exitCode = 128 + constants.signals[name];
      controller.abort(new Error('Interrupted.'));
    });
  }
  const agrees = await runTraceCheck({
    lab: `traces-${process.pid}`,
    signal: controller.signal,
    print: line => process.stdout.write(`${line}\n`),
  });
  if (!agrees) process.exitCode = 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode ||= 1;
});
