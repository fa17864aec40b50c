import {
  ENVOY_TAG_NAMES,
  isReservedTagName,
} from 'backstage-plugin-mesh-tracing-common';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { waitUntil } from '../lifecycle/componentProcess';
import { startComponent, stopComponent } from '../lifecycle/components';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { httpGet } from '../process/httpGet';
import type { CheckList } from '../checks/CheckList';
import { sendRequests } from '../traffic/sendRequests';

interface JaegerTag {
  key: string;
  value: unknown;
}

interface JaegerTrace {
  spans: Array<{ tags: JaegerTag[] }>;
}

/**
 * Names of the list that this lab can't bring about: Envoy sets them on calls
 * that it makes on its own, when it gives up or tries such a call again.
 */
const NOT_HERE = new Set(['canceled', 'retry.count', 'error.reason']);

/** What the lab's Telemetries put on spans. */
const OF_THE_LAB = new Set(['system', 'deploy.tier']);

/**
 * Compares the names that no custom tag may have with those that a real Envoy
 * puts on its spans: each of its tags is on the list, and the list has no name
 * that Envoy doesn't use.
 */
export async function checkReservedTags({
  checks,
  lab,
  endpoints,
}: {
  checks: CheckList;
  lab: string;
  endpoints: LabEndpoints;
}): Promise<void> {
  let seen = new Set<string>();
  await checks.check('Envoy sends the tags that are on the list', async () => {
    const { frontend, gateway, jaegerQuery } = endpoints;
    const ids = [
      ...(await traced(frontend, 5)),
      // Envoy has a tag of its own for the id that a client gives.
      ...(await traced(frontend, 5, { 'x-client-trace-id': 'lab-1' })),
      // A gateway makes spans of its calls besides; it traces one in ten.
      ...(await traced(gateway, 100)),
      ...(await failed(lab, frontend)),
    ];
    const expected = ENVOY_TAG_NAMES.filter(name => !NOT_HERE.has(name));
    const missing = () => expected.filter(name => !seen.has(name));
    await waitUntil(
      'the spans',
      async () => {
        seen = await tagNames(jaegerQuery, ids);
        return missing().length === 0;
      },
      undefined,
      20_000,
    ).catch(() => undefined);
    assert.deepEqual(missing(), []);
    return `${expected.length} names`;
  });
  await checks.check('no custom tag can take a name of Envoy', async () => {
    assert.ok(seen.size > 0, 'no span was read');
    assert.deepEqual(
      [...seen].filter(
        name => !OF_THE_LAB.has(name) && !isReservedTagName(name),
      ),
      [],
    );
    return `${seen.size} tags on its spans`;
  });
}

/** Ids of traces of requests that nothing answers behind the proxy. */
async function failed(lab: string, url: string): Promise<string[]> {
  await stopComponent('bookinfo', lab);
  try {
    return await traced(url, 5);
  } finally {
    await startComponent('bookinfo', lab);
  }
}

/**
 * Sends requests with trace ids that are chosen here, since the answer of a
 * failed one doesn't tell its id.
 */
async function traced(
  url: string,
  count: number,
  headers: Record<string, string> = {},
): Promise<string[]> {
  const traceIds = Array.from({ length: count }, () =>
    randomBytes(16).toString('hex'),
  );
  for (const traceId of traceIds) {
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    await sendRequests({ url, count: 1, headers: { ...headers, traceparent } });
  }
  return traceIds;
}

/**
 * Whether the tag marks a span of a proxy: spans of a gateway's upstream calls
 * have no node id, and neither have the application's.
 */
function isOfProxy({ key, value }: JaegerTag): boolean {
  return key === 'node_id' || (key === 'component' && value === 'proxy');
}

/** Tags of the spans that an Envoy sent. */
async function tagNames(
  jaeger: string,
  traceIds: string[],
): Promise<Set<string>> {
  const names = new Set<string>();
  for (const traceId of traceIds) {
    const { status, body } = await httpGet(`${jaeger}/api/traces/${traceId}`);
    if (status !== 200) {
      continue;
    }
    const { data } = JSON.parse(body) as { data: JaegerTrace[] };
    for (const { tags } of data.flatMap(({ spans }) => spans)) {
      if (tags.some(isOfProxy)) {
        tags.forEach(({ key }) => names.add(key));
      }
    }
  }
  return names;
}
