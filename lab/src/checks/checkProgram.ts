import { parseArgs, type ParseArgsConfig } from 'node:util';
import {
  interruptSignal,
  reportFailure,
  wholeNumber,
} from '../process/commandLine';

/** A number that the command line may set. */
interface NumberOption {
  default: number;
  /** Smallest that makes sense. */
  least: number;
}

/** What a check is given to run with. */
export interface CheckContext<Name extends string> {
  /** Name for a lab of its own. */
  lab: string;
  numbers: Record<Name, number>;
  /** Aborts on Ctrl-C. */
  signal: AbortSignal;
  print(line: string): void;
}

/** A check that is a program of its own. */
export interface CheckProgram<Name extends string> {
  /** Beginning of the lab's name. */
  name: string;
  usage: string;
  numbers?: Record<Name, NumberOption>;
  /** True when all of it passed. */
  run(context: CheckContext<Name>): Promise<boolean>;
}

async function main<Name extends string>(
  program: CheckProgram<Name>,
): Promise<void> {
  const { name, usage, run } = program;
  const numbers = Object.entries<NumberOption>(program.numbers ?? {});
  const options: NonNullable<ParseArgsConfig['options']> = {
    help: { type: 'boolean' },
    lab: { type: 'string', default: `${name}-${process.pid}` },
  };
  for (const [option, { default: value }] of numbers) {
    options[option] = { type: 'string', default: String(value) };
  }
  const { values } = parseArgs({ options });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  if (values.help) {
    print(usage);
    return;
  }
  const given = numbers.map(([option, { least }]) => [
    option,
    wholeNumber(`--${option}`, String(values[option]), { least, usage }),
  ]);
  const passed = await run({
    lab: String(values.lab),
    numbers: Object.fromEntries(given),
    signal: interruptSignal(),
    print,
  });
  if (!passed) process.exitCode = 1;
}

/**
 * Runs a check as a program that takes `--lab`, `--help` and its numbers, and ends
 * with 0 when all of it passed.
 */
export function checkProgram<Name extends string = never>(
  program: CheckProgram<Name>,
): void {
  main(program).catch(reportFailure);
}
