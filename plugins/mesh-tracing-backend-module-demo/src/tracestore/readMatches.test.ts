import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import { TraceRing } from './TraceRing';
import { readMatches } from './readMatches';
import type { RecordedTrace } from './RecordedTrace';

const START_MS = 1_790_000_000_000;

/** A gateway's request, which reaches the shop some time after it began. */
function recorded(n: number, startMs: number, delayMs: number): RecordedTrace {
  const span = (service: string, parent: number, offsetUs: number) => ({
    template: {
      service,
      operation: 'GET /',
      kind: 'server' as const,
      attributes: {},
      resource: {},
      scope: { name: 'test' },
    },
    parent,
    offsetUs,
    durationUs: 10,
    isError: false,
    attributes: {},
  });
  return {
    traceId: String(n).padStart(32, '0'),
    requestStartUs: startMs * 1000,
    spans: [span('gateway', -1, 0), span('shop', 0, delayMs * 1000)],
  };
}

function read(traces: RecordedTrace[], asked: Partial<TraceQuery> = {}) {
  const ring = new TraceRing(1_000);
  traces.forEach(trace => ring.add(trace));
  const query = {
    services: ['shop'],
    startTimeMs: START_MS,
    endTimeMs: START_MS + 1_000,
    limit: 100,
    ...asked,
  };
  const all = ring.overlapping(query, START_MS + 1e9);
  return readMatches(all, ring.lostUntilMs, query, {});
}

const idsOf = ({ tables }: Awaited<ReturnType<typeof read>>) =>
  tables.flatMap(({ traceIds }) => traceIds).map(Number);

describe('traces of the embedded mesh with their spans', () => {
  it('are found by the span that matches, wherever their traces began', async () => {
    const found = await read([
      recorded(1, START_MS - 500, 600),
      recorded(2, START_MS - 500, 100),
      recorded(3, START_MS + 900, 200),
      recorded(4, START_MS + 100, 300),
    ]);
    expect(idsOf(found)).toEqual([4, 1]);
    expect(found.reach).toEqual([{ service: 'shop', readFromMs: START_MS }]);
  });

  it('are the newest, and none is missing since the oldest of them', async () => {
    const traces = Array.from({ length: 100 }, (_, n) =>
      recorded(n, START_MS + n * 10, 1),
    );
    const found = await read(traces, { limit: 10 });
    expect(idsOf(found)).toEqual([99, 98, 97, 96, 95, 94, 93, 92, 91, 90]);
    const [{ readFromMs = 0 } = {}] = found.reach;
    expect(readFromMs).toBeGreaterThan(START_MS + 901);
    expect(readFromMs).toBeLessThan(START_MS + 902);
  });
});
