import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

const SERVER = 2;
const FAILED = { code: 2 };

/** Every fifth request of `reviews` fails; `frontend` never does. */
function spansOf(index: number, nowMs: number): object[] {
  const traceId = randomBytes(16).toString('hex');
  const startNs = BigInt(nowMs) * 1_000_000n;
  const span = (of: {
    service: string;
    name: string;
    durationMs: number;
    status?: object;
  }) => ({
    resource: {
      attributes: [{ key: 'service.name', value: { stringValue: of.service } }],
    },
    scopeSpans: [
      {
        spans: [
          {
            traceId,
            spanId: randomBytes(8).toString('hex'),
            name: of.name,
            kind: SERVER,
            startTimeUnixNano: String(startNs),
            endTimeUnixNano: String(
              startNs + BigInt(of.durationMs) * 1_000_000n,
            ),
            status: of.status ?? {},
          },
        ],
      },
    ],
  });
  return [
    span({ service: 'frontend', name: 'GET /', durationMs: 75 }),
    span({
      service: 'reviews',
      name: index % 2 === 0 ? 'GET /reviews' : 'POST /reviews',
      durationMs: 30,
      ...(index % 5 === 0 ? { status: FAILED } : {}),
    }),
    span({ service: 'secret', name: 'GET /secret', durationMs: 5 }),
  ];
}

/** Sends requests of three services to an OTLP receiver. */
export async function sendSpans(
  otlpUrl: string,
  firstIndex: number,
  count: number,
): Promise<void> {
  const resourceSpans = Array.from({ length: count }, (_, i) =>
    spansOf(firstIndex + i, Date.now()),
  ).flat();
  const { status } = await fetch(`${otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans }),
  });
  assert.equal(status, 200);
}
