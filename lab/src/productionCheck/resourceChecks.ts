import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { labStatus } from '../lifecycle/labStatus';
import type { CheckedStore } from './CheckedStore';
import { layoutOfLab } from './underLoad';
import { KnownLoad } from './KnownLoad';
import { StoredDocuments } from './StoredDocuments';

/** Some 1,000 spans a second: a page has six on average. */
const TRACES_PER_SECOND = 165;
const SECONDS = 20;
const SETTLE_MS = 4_000;
/** Linux counts the time of a process in hundredths of a second. */
const TICKS_PER_SECOND = 100;

const MEASURED = /^(jaeger|opensearch|prometheus)/;

/** Seconds of a processor that a process has used so far. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function usage(lab: string): Map<string, { cpu: number; memory: number }> {
  return new Map(
    labStatus(lab)
      .components.filter(({ name, pid }) => MEASURED.test(name) && pid)
      .map(({ name, pid, residentMebibytes }) => [
        name,
        { cpu: cpuSeconds(pid ?? 0), memory: residentMebibytes },
      ]),
  );
}

/** What each part needs at a known rate; all of the spans must be there afterwards. */
export async function checkResources(checked: CheckedStore): Promise<void> {
  const { checks, lab, production } = checked;
  await checks.check('a thousand spans a second are taken', async () => {
    const sinceMs = Date.now() - 1000;
    const before = usage(lab);
    const load = KnownLoad.start(production.collectors, layoutOfLab(lab), {
      tracesPerSecond: TRACES_PER_SECOND,
      tracesPerBatch: 10,
    });
    await delay(SECONDS * 1000);
    const { acknowledged, seconds } = await load.end();
    await delay(SETTLE_MS);
    const after = usage(lab);
    const documents = await StoredDocuments.read(
      production.storage[0] ?? '',
      sinceMs,
    );
    const { spans, lostSpans } = documents.count(acknowledged);
    assert.equal(lostSpans, 0);
    const perSecond = spans / seconds;
    const parts = [...after].map(([name, { cpu, memory }]) => {
      const used = cpu - (before.get(name)?.cpu ?? 0);
      const per1000 = (used * 1000) / spans;
      return `${name} ${per1000.toFixed(3)} CPU, ${Math.round(memory)} MiB`;
    });
    return `${Math.round(perSecond)} spans/s; per 1,000/s: ${parts.join('; ')}`;
  });
}
