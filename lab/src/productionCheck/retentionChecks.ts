import assert from 'node:assert/strict';
import { INDEX_PREFIX } from '../components/jaeger/production';
import { removeOldIndices } from '../lifecycle/removeOldIndices';
import { httpGet } from '../process/httpGet';
import type { CheckedStore } from './CheckedStore';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 7;
const AGES_DAYS = [3, 10, 30];

const dateOf = (ageDays: number) =>
  new Date(Date.now() - ageDays * DAY_MS).toISOString().slice(0, 10);
const indexOf = (kind: string, ageDays: number) =>
  `${INDEX_PREFIX}-jaeger-${kind}-${dateOf(ageDays)}`;

async function indices(node: string): Promise<Set<string>> {
  const path = `/_cat/indices/${INDEX_PREFIX}-*?h=index`;
  const { body } = await httpGet(`${node}${path}`);
  return new Set(body.split('\n').map(line => line.trim()));
}

async function makeIndex(node: string, name: string, createdMs: number) {
  const response = await fetch(`${node}/${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      settings: { 'index.creation_date': Math.round(createdMs) },
    }),
  });
  assert.equal(response.status, 200, await response.text());
}

/** Jaeger's own cleaner removes what is older than was asked for, and nothing else. */
export async function checkRetention(checked: CheckedStore): Promise<void> {
  const { checks, lab, production } = checked;
  const [node = ''] = production.storage;
  await checks.check(
    `retention removes indices older than ${KEPT_DAYS} days only`,
    async () => {
      for (const kind of ['span', 'service']) {
        for (const age of AGES_DAYS) {
          await makeIndex(node, indexOf(kind, age), Date.now() - age * DAY_MS);
        }
      }
      // Spans of long ago that come today are in an index of today's making.
      await makeIndex(node, indexOf('span', 20), Date.now());
      const before = await indices(node);
      await removeOldIndices(KEPT_DAYS, lab);
      const after = await indices(node);
      const removed = [...before].filter(index => !after.has(index)).sort();
      assert.deepEqual(
        removed,
        ['span', 'service']
          .flatMap(kind => [10, 30].map(age => indexOf(kind, age)))
          .sort(),
      );
      return `${removed.length} of ${before.size} removed`;
    },
  );
}
