import { interruptSignal } from '../process/commandLine';
import { runDecisionCheck } from './runDecisionCheck';

async function main(): Promise<void> {
  const passed = await runDecisionCheck({
    lab: `decision-${process.pid}`,
    signal: interruptSignal(),
    print: line => process.stdout.write(`${line}\n`),
  });
  if (!passed) process.exitCode = 1;
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode ||= 1;
});
