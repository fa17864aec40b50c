import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { killComponent, startComponent } from '../lifecycle/components';
import { waitUntil } from '../lifecycle/componentProcess';
import { productStore, type CheckedStore } from './CheckedStore';
import { underLoad, type KillResult } from './underLoad';
import type { SettledWindow } from './StoreWatch';
import { electedManager, waitForGreen } from './storageHealth';

const COLLECTOR_KILLS = 3;
const AWAY_MS = 5_000;
/** Of all spans, when a collector is killed three times: what it had in hand. */
const MOST_LOST_SHARE = 0.08;
/** Of the spans of proxies, whose exporter never sends again. */
const MOST_LOST_OF_PROXIES = 0.25;

/** The counts of a kill, for the line of its check. */
function counts({ load, spans, proxies, watch }: KillResult): string {
  const lost = ((100 * spans.lostSpans) / spans.spans).toFixed(2);
  return (
    `${spans.traces} traces acknowledged, ${spans.wholeTraces} whole; ` +
    `${spans.lostSpans} of ${spans.spans} spans lost (${lost} %), ` +
    `${spans.doubledDocuments} documents twice, ${load.refused} batches sent again, ` +
    `slowest answer ${(load.slowestMs / 1000).toFixed(1)} s; ` +
    `Envoys: ${proxies.found} of ${proxies.reported} spans ` +
    `of ${proxies.requests} requests; ` +
    `product: ${watch.failures} of ${watch.answers} answers failed ` +
    `over ${(watch.troubleMs / 1000).toFixed(1)} s, ` +
    `${watch.slow} slow, ${watch.partial} partial, ` +
    `${watch.wrongMs.length} wrong${watch.messages
      .map(message => `; it said: ${message}`)
      .join('')}`
  );
}

function lostShareOfProxies({ proxies }: KillResult): number {
  return 1 - proxies.found / proxies.reported;
}

/**
 * The product may fail for a moment, but says what and what to do.
 *
 * @param untilGreen - lets answers lack traces while the shards of the storage come
 *   back one by one: Jaeger hands on what some of them have, as if it were all, and
 *   no client can tell
 */
function assertHonest(
  { watch, greenMs }: KillResult,
  { untilGreen = false } = {},
): void {
  const wrong = watch.wrongMs.filter(atMs => !untilGreen || atMs > greenMs);
  assert.equal(
    wrong.length,
    0,
    `${wrong.length} answers lack traces and call themselves complete`,
  );
  assert.ok(watch.advised, 'a status without advice');
  for (const message of watch.messages) {
    assert.match(message, /^Trace store 'production' /);
    assert.doesNotMatch(
      message,
      /127\.\d+\.\d+\.\d+/,
      'an address in a message',
    );
  }
}

async function recovers(checked: CheckedStore, window: SettledWindow) {
  const store = productStore(checked);
  try {
    await waitUntil(
      'the product to recover by itself',
      async () => {
        const { traces } = await store.search({ ...window, limit: 500 });
        return (
          (await store.status()).reachable &&
          traces.length === window.traceCount
        );
      },
      undefined,
      20_000,
    );
  } finally {
    await store.stop();
  }
}

async function killOneNode(
  checked: CheckedStore,
  window: SettledWindow,
  choose: (manager: string) => string,
): Promise<string> {
  const { lab, production } = checked;
  const victim = choose(await electedManager(production.storage));
  const result = await underLoad(checked, window, async () => {
    await killComponent(victim, lab);
    await delay(AWAY_MS);
    await startComponent(victim, lab);
  });
  await recovers(checked, window);
  assertHonest(result, { untilGreen: true });
  assert.equal(result.spans.lostSpans, 0, counts(result));
  assert.ok(lostShareOfProxies(result) < 0.01, counts(result));
  return `${victim}; ${counts(result)}`;
}

async function killNothing(
  checked: CheckedStore,
  window: SettledWindow,
): Promise<string> {
  const result = await underLoad(checked, window, () => delay(AWAY_MS));
  assertHonest(result);
  assert.equal(result.watch.failures, 0, counts(result));
  assert.equal(result.spans.lostSpans, 0, counts(result));
  assert.equal(result.spans.doubledDocuments, 0, counts(result));
  assert.ok(lostShareOfProxies(result) <= 0, counts(result));
  return counts(result);
}

async function killCollector(
  checked: CheckedStore,
  window: SettledWindow,
): Promise<string> {
  const { lab, tracesPerSecond } = checked;
  const collector = 'jaeger-collector-1';
  const result = await underLoad(
    checked,
    window,
    async () => {
      for (let kill = 0; kill < COLLECTOR_KILLS; kill += 1) {
        await killComponent(collector, lab);
        await delay(500);
        await startComponent(collector, lab);
        await delay(2_000);
      }
    },
    // Many at once: what is lost is what the collector has in hand.
    { tracesPerSecond, tracesPerBatch: 1, atOnce: 10 },
  );
  assertHonest(result);
  assert.equal(result.watch.failures, 0, counts(result));
  const share = result.spans.lostSpans / result.spans.spans;
  assert.ok(share < MOST_LOST_SHARE, counts(result));
  assert.ok(lostShareOfProxies(result) < MOST_LOST_OF_PROXIES, counts(result));
  return `${COLLECTOR_KILLS} times; ${counts(result)}`;
}

async function killQuery(
  checked: CheckedStore,
  window: SettledWindow,
): Promise<string> {
  const { lab } = checked;
  const result = await underLoad(checked, window, async () => {
    await killComponent('jaeger-query', lab);
    await delay(3_000);
    await startComponent('jaeger-query', lab);
  });
  await recovers(checked, window);
  assertHonest(result);
  assert.equal(result.spans.lostSpans, 0, counts(result));
  assert.ok(lostShareOfProxies(result) <= 0, counts(result));
  assert.ok(result.watch.failures > 0, 'nobody noticed');
  return counts(result);
}

async function killAllNodes(
  checked: CheckedStore,
  window: SettledWindow,
): Promise<KillResult> {
  const { lab, production } = checked;
  const nodes = production.storage.map((_, i) => `opensearch-${i + 1}`);
  const result = await underLoad(checked, window, async () => {
    await Promise.all(nodes.map(node => killComponent(node, lab)));
    await delay(AWAY_MS);
    await Promise.all(nodes.map(node => startComponent(node, lab)));
  });
  await recovers(checked, window);
  return result;
}

/** Documents that are there twice are spans once, wherever the product shows them. */
async function checkDoubles(
  checked: CheckedStore,
  { documents, load }: KillResult,
): Promise<string> {
  const doubled = documents
    .doubledTraces()
    .filter(traceId => load.acknowledged.has(traceId));
  for (const dialect of ['legacy', 'v3'] as const) {
    const store = productStore(checked, { dialect });
    try {
      for (const traceId of doubled) {
        const spans = load.acknowledged.get(traceId) ?? [];
        const trace = await store.trace(traceId);
        assert.equal(
          trace?.spans.length,
          spans.length,
          `${dialect} ${traceId}`,
        );
      }
    } finally {
      await store.stop();
    }
  }
  return `${doubled.length} traces with documents twice`;
}

/** Kills each part of the store under load, one after the other. */
export async function checkKills(
  checked: CheckedStore,
  window: SettledWindow,
): Promise<void> {
  const { checks, production } = checked;
  await waitForGreen(production.storage);
  await checks.check('with nothing killed, nothing is lost or doubled', () =>
    killNothing(checked, window),
  );
  await checks.check('a storage node dies: nothing is lost', () =>
    killOneNode(checked, window, manager =>
      manager === 'opensearch-1' ? 'opensearch-2' : 'opensearch-1',
    ),
  );
  await checks.check('the elected manager dies: nothing is lost', () =>
    killOneNode(checked, window, manager => manager),
  );
  await checks.check('a collector dies: it loses what it had in hand', () =>
    killCollector(checked, window),
  );
  await checks.check('the query service dies: the product says so', () =>
    killQuery(checked, window),
  );
  let outage: KillResult | undefined;
  await checks.check('all storage nodes die: the product says so', async () => {
    outage = await killAllNodes(checked, window);
    assertHonest(outage, { untilGreen: true });
    assert.ok(outage.watch.failures > 0, 'nobody noticed');
    assert.equal(outage.spans.lostSpans, 0, counts(outage));
    return counts(outage);
  });
  await checks.check('what an outage stored twice is shown once', () =>
    outage
      ? checkDoubles(checked, outage)
      : Promise.reject(new Error('There was no outage.')),
  );
}
