import { randomBytes } from 'node:crypto';
import type { MadeSpan } from '../traffic/otlp/MadeSpan';

const GATEWAY = 'paged-gateway';
const HALF_HOUR_MS = 1_800_000;

/** Traces of a service of their own, which are hard to page through. */
export interface PagedTraces {
  /** In words, as the subject of a check. */
  name: string;
  /** Searched for; no other traces have it. */
  service: string;
  /** In the order in which the store gets them, one request each. */
  batches: MadeSpan[][][];
  /** Traces of a page; each is tried. */
  limits: number[];
  /**
   * Whether a trace has a single span of the service: then a page repeats none but
   * that at which the one before ended.
   */
  isVisitedOnce: boolean;
}

/** One call of the searched service, through a gateway or straight. */
interface Visit {
  service: string;
  /** When the searched service is reached, milliseconds since the epoch. */
  atMs: number;
  /** How long before that the trace began. */
  leadMs?: number;
  durationMs?: number;
}

const spanId = () => randomBytes(8).toString('hex');

function throughGateway(visit: Visit): MadeSpan[] {
  const { service, atMs, leadMs = 1, durationMs = 5 } = visit;
  const traceId = randomBytes(16).toString('hex');
  const root: MadeSpan = {
    traceId,
    spanId: spanId(),
    service: GATEWAY,
    operation: 'GET /paged',
    kind: 'server',
    startUs: (atMs - leadMs) * 1000,
    durationUs: (leadMs + durationMs) * 1000,
    failed: false,
    attributes: {},
  };
  return [
    root,
    {
      ...root,
      spanId: spanId(),
      parentSpanId: root.spanId,
      service,
      startUs: atMs * 1000,
      durationUs: durationMs * 1000,
    },
  ];
}

/** The service twice in a trace, as when it calls itself. */
function callingItself({ service, atMs, durationMs = 50 }: Visit): MadeSpan[] {
  return throughGateway({ service, atMs, leadMs: 20, durationMs }).map(
    span => ({ ...span, service }),
  );
}

function inBatches<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
    all.slice(n * size, (n + 1) * size),
  );
}

const times = <T>(count: number, make: (n: number) => T) =>
  Array.from({ length: count }, (_, n) => make(n));

/**
 * What pages used to lose: traces that began long before they reached the service,
 * overlapping ones, and those that arrive in another order than that of time.
 *
 * @param endMs - all are over before that; a whole millisecond
 */
export function makePagedTraces(endMs: number): PagedTraces[] {
  /** @param early - those that began earlier than the others */
  const visits = (
    service: string,
    { count, stepMs }: { count: number; stepMs: number },
    early?: { isOne: (n: number) => boolean; leadMs: number },
  ) =>
    times(count, n =>
      throughGateway({
        service,
        atMs: endMs - (count - n) * stepMs - 100,
        ...(early?.isOne(n) ? { leadMs: early.leadMs } : {}),
      }),
    );
  const early = visits(
    'paged-early-roots',
    { count: 600, stepMs: 500 },
    { isOne: n => n % 200 === 100, leadMs: HALF_HOUR_MS },
  );
  const dense = visits(
    'paged-dense',
    { count: 1_500, stepMs: 10 },
    { isOne: n => n % 100 === 50, leadMs: 2_000 },
  );
  const late = visits('paged-late-arrivals', { count: 1_200, stepMs: 100 });
  const overlapping = times(40, n =>
    callingItself({ service: 'paged-overlapping', atMs: endMs - 200 + n }),
  );
  return [
    {
      name: '600 traces 500 ms apart, three of which began half an hour earlier',
      service: 'paged-early-roots',
      batches: inBatches(early, 100),
      limits: [500, 100],
      isVisitedOnce: true,
    },
    {
      name: '1,500 traces 10 ms apart, 1 % of which began 2 s earlier',
      service: 'paged-dense',
      batches: inBatches(dense, 100),
      limits: [50, 200],
      isVisitedOnce: true,
    },
    {
      name: '600 newer traces that arrive before 600 older ones',
      service: 'paged-late-arrivals',
      batches: inBatches([...late.slice(600), ...late.slice(0, 600)], 100),
      limits: [1_500, 200],
      isVisitedOnce: true,
    },
    {
      name: '40 overlapping traces of one batch, 1 ms apart',
      service: 'paged-overlapping',
      batches: [overlapping],
      limits: [7],
      isVisitedOnce: false,
    },
  ];
}
