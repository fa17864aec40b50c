import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

/** Service that no workload of the lab has. */
export const CRAFTED_SERVICE = 'crafted';

interface CraftedTrace {
  traceId: string;
  body: object;
}

const text = (key: string, stringValue: string) => ({
  key,
  value: { stringValue },
});

function failingSpan(
  ids: { traceId: string; spanId: string },
  startNs: bigint,
  status: object,
) {
  return {
    ...ids,
    name: 'GET /ünïcode/{id}',
    kind: 2,
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(startNs + 7_654_321n),
    attributes: [
      text('http.request.method', 'GET'),
      { key: 'count', value: { intValue: '42' } },
      { key: 'ratio', value: { doubleValue: 0.25 } },
      { key: 'cached', value: { boolValue: false } },
    ],
    events: [
      {
        name: 'exception',
        timeUnixNano: String(startNs + 1_000_999n),
        attributes: [text('exception.message', 'out of "stock"')],
      },
    ],
    status,
  };
}

/** What Envoy never sends: errors, events, links and every type of value. */
function craft(index: number, nowMs: number): CraftedTrace {
  const traceId = randomBytes(16).toString('hex');
  const startNs = BigInt(nowMs) * 1_000_000n + BigInt(index * 1_000_123);
  const [root = '', child = ''] = [1, 2].map(() =>
    randomBytes(8).toString('hex'),
  );
  const status = index % 2 === 0 ? { code: 2, message: 'no stock left' } : {};
  return {
    traceId,
    body: {
      resource: {
        attributes: [
          text('service.name', CRAFTED_SERVICE),
          text('host.name', 'somewhere'),
        ],
      },
      scopeSpans: [
        {
          scope: { name: 'lab', version: '1.2.3' },
          spans: [
            failingSpan({ traceId, spanId: root }, startNs, status),
            {
              traceId,
              spanId: child,
              parentSpanId: root,
              name: 'SELECT',
              kind: 3,
              startTimeUnixNano: String(startNs + 999n),
              endTimeUnixNano: String(startNs + 5_000_001n),
              attributes: [text('db.system', 'postgresql')],
              status: {},
            },
          ],
        },
      ],
    },
  };
}

/**
 * Hands some traces to Jaeger's OTLP receiver, half of them failed.
 *
 * @returns their ids
 */
export async function sendCraftedTraces(
  otlpHttp: string,
  count: number,
): Promise<string[]> {
  const traces = Array.from({ length: count }, (_, i) => craft(i, Date.now()));
  const response = await fetch(`${otlpHttp}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: traces.map(({ body }) => body) }),
  });
  assert.equal(response.status, 200, await response.text());
  return traces.map(({ traceId }) => traceId);
}
