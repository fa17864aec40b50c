import assert from 'node:assert/strict';
import { join } from 'node:path';
import { program, programBinary } from '../build/programs';
import type { CheckList } from '../checks/CheckList';
import { jaeger } from '../components/jaeger/jaeger';
import {
  startComponent,
  killComponent,
  restartComponent,
  stopComponent,
} from '../lifecycle/components';
import {
  startProcess,
  stopRecordedProcess,
  waitUntil,
  waitUntilReady,
} from '../lifecycle/componentProcess';
import { labPaths } from '../lifecycle/LabState';
import { labStatus } from '../lifecycle/labStatus';
import { startLab } from '../lifecycle/startLab';
import { stopLab } from '../lifecycle/stopLab';
import { SpanSender } from '../traffic/otlp/SpanSender';
import { productStore } from './CheckedStore';
import { checkStorage } from './storageChecks';
import { layoutOfLab } from './underLoad';
import { makePages } from './KnownLoad';

const TRACES = 100;
const KEPT_SECONDS = 8;
const SERVICES = ['frontend.bookinfo'];

interface BadgerLab {
  checks: CheckList;
  lab: string;
  endpoints: NonNullable<ReturnType<typeof labStatus>['endpoints']>;
}

/** Sends traces of this moment and resolves with their ids. */
async function send({ lab, endpoints }: BadgerLab): Promise<string[]> {
  const now = Date.now();
  const pages = makePages(
    layoutOfLab(lab),
    now,
    Array.from({ length: TRACES }, (_, index) => now - index),
  );
  const sender = SpanSender.create([endpoints.otlpHttp]);
  for (let index = 0; index < TRACES; index += 10) {
    await sender.send(pages.slice(index, index + 10).flat());
  }
  return pages.map(([root]) => root?.traceId ?? '');
}

async function found({ endpoints }: BadgerLab): Promise<Set<string>> {
  const store = productStore({ endpoints });
  try {
    const { traces } = await store.search({
      services: SERVICES,
      startTimeMs: Date.now() - 600_000,
      endTimeMs: Date.now() + 1000,
      limit: 500,
    });
    return new Set(traces.map(({ traceId }) => traceId));
  } finally {
    await store.stop();
  }
}

async function assertAll(badger: BadgerLab, ids: string[]): Promise<string> {
  const present = await found(badger);
  assert.deepEqual(
    ids.filter(id => !present.has(id)),
    [],
    'traces are missing',
  );
  return `${ids.length} traces`;
}

async function checkExpiry(badger: BadgerLab): Promise<string> {
  const { lab } = badger;
  const { folder } = labPaths(lab);
  await stopComponent('jaeger', lab);
  const spec = jaeger(
    layoutOfLab(lab),
    programBinary(program('jaeger')),
    folder,
    { folder: join(folder, 'badger-short'), keptFor: `${KEPT_SECONDS}s` },
  );
  await waitUntilReady(folder, spec, startProcess(folder, spec));
  try {
    const startMs = Date.now();
    const ids = await send(badger);
    await assertAll(badger, ids);
    await waitUntil(
      'spans to expire',
      async () => (await found(badger)).size === 0,
      undefined,
      30_000,
    );
    const seconds = (Date.now() - startMs) / 1000;
    assert.ok(seconds > KEPT_SECONDS - 2, `gone after ${seconds} s already`);
    return `kept for ${KEPT_SECONDS} s, gone after ${seconds.toFixed(1)} s`;
  } finally {
    await stopRecordedProcess(folder, 'jaeger');
    await startComponent('jaeger', lab);
  }
}

async function checkLab(badger: BadgerLab): Promise<void> {
  const { checks, lab } = badger;
  let ids: string[] = [];
  await checks.check('Badger keeps everything over a restart', async () => {
    ids = await send(badger);
    await assertAll(badger, ids);
    const startMs = Date.now();
    await restartComponent('jaeger', lab);
    const tookMs = Date.now() - startMs;
    return `${await assertAll(badger, ids)}, ${tookMs} ms`;
  });
  await checks.check('Badger keeps everything over a SIGKILL', async () => {
    ids.push(...(await send(badger)));
    await killComponent('jaeger', lab);
    await startComponent('jaeger', lab);
    return assertAll(badger, ids);
  });
  await checks.check('Badger drops spans when their time is over', () =>
    checkExpiry(badger),
  );
  await checkStorage({
    checks,
    storage: 'Badger',
    endpoints: badger.endpoints,
  });
}

/** A lab with Badger, the smallest storage that outlives its Jaeger. */
export async function checkBadger(
  checks: CheckList,
  lab: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    const isUp = await checks.check('the Badger lab starts', async () => {
      const status = await startLab({ name: lab, profile: 'badger', signal });
      assert.equal(status.state, 'up');
    });
    const { endpoints } = labStatus(lab);
    if (isUp && endpoints) {
      await checkLab({ checks, lab, endpoints });
    }
  } finally {
    await stopLab(lab);
  }
}
