import { parseArgs } from 'node:util';
import { buildPrograms } from './build/buildPrograms';
import { prerequisites } from './build/prerequisites';
import { MAX_TRAFFIC_SECONDS, trafficSettings } from './components/traffic';
import { readLabProfile } from './layout/LabProfile';
import {
  killComponent,
  restartComponent,
  startComponent,
  stopComponent,
} from './lifecycle/components';
import { formatStatus } from './lifecycle/formatStatus';
import { labPaths, layoutOf, readLabState } from './lifecycle/LabState';
import { labStatus } from './lifecycle/labStatus';
import { startLab } from './lifecycle/startLab';
import { stopLab } from './lifecycle/stopLab';
import {
  interruptSignal,
  reportFailure,
  wholeNumber,
} from './process/commandLine';
import { selftest } from './selftest/selftest';
import { backfill as fill } from './traffic/otlp/backfill';
import { steadyTraffic } from './traffic/steadyTraffic';
import { MAX_REQUESTS_PER_SECOND } from './traffic/TrafficSettings';

const USAGE = `Usage: yarn lab <command> [--name <lab>]

  up [--profile plain|badger|production] [--traffic] [--rps 20]
                       start the lab; with steady load, if wanted
  down                 stop it and remove all of it
  status [--json]      what runs where
  traffic [--rps 20] [--seconds N]
                       send steady load until N seconds are over or Ctrl-C
  backfill [--hours 1] [--rps 5] [--seed 1]
                       write the past of a busy service to the trace store; it
                       gets slow in the second half
  stop|start|restart|kill <component>
                       one component, such as istiod or envoy-ratings-v1
  prerequisites [--profile …] [--json]
                       what this machine lacks, and how to have it
  build [--profile …]  build the programs that the cache doesn't have
  selftest             start a lab of its own, check it, stop it
`;

const BACKFILL_RATE = 5;

interface Command {
  name: string;
  values: {
    profile?: string;
    traffic?: boolean;
    json?: boolean;
    rps?: string;
    seconds: string;
    hours: string;
    seed: string;
  };
  component?: string;
  signal: AbortSignal;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function rateOf({ rps }: Command['values']): number | undefined {
  return rps === undefined
    ? undefined
    : positive('--rps', rps, MAX_REQUESTS_PER_SECOND);
}

function profileOf({ profile }: Command['values']) {
  return profile === undefined ? undefined : readLabProfile(profile);
}

async function up({ name, values, signal }: Command): Promise<void> {
  const wasUp = labStatus(name).state === 'up';
  const present = await startLab({
    name,
    profile: profileOf(values),
    traffic: values.traffic || values.rps !== undefined,
    requestsPerSecond: rateOf(values),
    signal,
    log: print,
  });
  print(`${wasUp ? 'Already up.\n' : ''}${formatStatus(present)}`);
}

async function down({ name }: Command): Promise<void> {
  const startMs = Date.now();
  const wasDown = labStatus(name).state === 'down';
  await stopLab(name);
  const seconds = ((Date.now() - startMs) / 1000).toFixed(2);
  print(wasDown ? `The lab ${name} was down.` : `Down in ${seconds} s.`);
}

async function status({ name, values }: Command): Promise<void> {
  const present = labStatus(name);
  print(values.json ? JSON.stringify(present, null, 2) : formatStatus(present));
}

function positive(option: string, text: string, limit: number): number {
  const value = Number(text);
  if (!(value > 0 && value <= limit)) {
    throw new Error(`${option} takes a number above 0, at most ${limit}.`);
  }
  return value;
}

async function traffic({ name, values, signal }: Command): Promise<void> {
  const state = readLabState(labPaths(name).folder);
  if (!state) {
    throw new Error(`The lab ${name} is down: \`yarn lab up\` starts it.`);
  }
  const settings = trafficSettings(
    layoutOf(state),
    rateOf(values),
    positive('--seconds', values.seconds, MAX_TRAFFIC_SECONDS),
  );
  print(
    `${settings.requestsPerSecond} requests per second to ` +
      `${settings.urls.join(' and ')} ...`,
  );
  print(JSON.stringify(await steadyTraffic(settings, signal)));
}

async function backfill({ name, values, signal }: Command): Promise<void> {
  const state = readLabState(labPaths(name).folder);
  const { endpoints } = labStatus(name);
  if (!state || !endpoints) {
    throw new Error(`The lab ${name} is down: \`yarn lab up\` starts it.`);
  }
  const endTimeMs = Date.now();
  const hours = positive('--hours', values.hours, 24);
  const { pages, spans } = await fill({
    layout: layoutOf(state),
    collectors: endpoints.production?.collectors ?? [endpoints.otlpHttp],
    startTimeMs: endTimeMs - hours * 3_600_000,
    endTimeMs,
    requestsPerSecond: rateOf(values) ?? BACKFILL_RATE,
    seed: wholeNumber('--seed', values.seed, { least: 0, usage: USAGE }),
    signal,
    onProgress: done => {
      if (done % 5_000 === 0) print(`  ${done} pages ...`);
    },
  });
  const seconds = Math.round((Date.now() - endTimeMs) / 1000);
  print(`${pages} pages of ${spans} spans in ${seconds} s.`);
}

async function oneComponent(
  { component, name }: Command,
  work: (component: string, name: string) => Promise<void>,
): Promise<void> {
  if (!component) {
    throw new Error(`Which component?\n\n${USAGE}`);
  }
  await work(component, name);
}

const COMMANDS: Record<string, (command: Command) => Promise<void>> = {
  up,
  down,
  status,
  traffic,
  backfill,
  stop: command => oneComponent(command, stopComponent),
  start: command => oneComponent(command, startComponent),
  restart: command => oneComponent(command, restartComponent),
  kill: command => oneComponent(command, killComponent),
  prerequisites: async ({ values }) => {
    const found = prerequisites(profileOf(values));
    const lines = found.missing.map(({ what, how }) => `${what}: ${how}`);
    print(
      values.json
        ? JSON.stringify(found)
        : lines.join('\n') || 'Nothing is missing.',
    );
  },
  build: ({ values, signal }) =>
    buildPrograms({ profile: profileOf(values), signal, log: print }),
  selftest: async ({ signal }) => {
    if (!(await selftest({ signal, print }))) {
      process.exitCode = 1;
    }
  },
};

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string', default: 'default' },
      traffic: { type: 'boolean' },
      json: { type: 'boolean' },
      rps: { type: 'string' },
      profile: { type: 'string' },
      seconds: { type: 'string', default: '43200' },
      hours: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [commandName = '', component] = positionals;
  const command = COMMANDS[commandName];
  if (!command) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  // A reader that closes the pipe must not leave half a lab behind.
  const closed = new AbortController();
  process.stdout.on('error', error => closed.abort(error));
  await command({
    name: values.name,
    values,
    component,
    signal: AbortSignal.any([interruptSignal(), closed.signal]),
  });
}

main().catch(reportFailure);
