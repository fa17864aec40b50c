import {
  spanTableOf,
  type Span,
  type Trace,
  type TraceQuery,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReadLimits,
  TraceReadOptions,
  TraceReadResult,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';

/** One request of a busy service. */
export interface BusyRequest {
  /** Milliseconds since the epoch. */
  startMs: number;
  durationUs: number;
  /** `a` when absent. */
  service?: string;
  isError?: boolean;
}

/** A store of many traces of one span each, which counts what is asked of it. */
export class BusyStore implements TraceStore {
  readonly name = 'busy';
  readonly asked: TraceQuery[] = [];
  /** Size of one trace, bytes. */
  bytesPerTrace = 1_000;
  mostAtOnce = 0;
  /** Runs before each answer; what it throws is the answer. */
  before: (query: TraceQuery, options: TraceReadOptions) => Promise<void> =
    async () => {};
  #underWay = 0;
  /** By service, newest first. */
  readonly #requests = new Map<string, BusyRequest[]>();

  constructor(requests: BusyRequest[]) {
    const newestFirst = [...requests].sort((a, b) => b.startMs - a.startMs);
    for (const request of newestFirst) {
      const { service = 'a' } = request;
      const same = this.#requests.get(service) ?? [];
      same.push(request);
      this.#requests.set(service, same);
    }
  }

  async services(): Promise<string[]> {
    return [...this.#requests.keys()];
  }

  async search(): Promise<never> {
    throw new Error('Nobody searches here');
  }

  async trace(): Promise<undefined> {
    return undefined;
  }

  async read(
    query: TraceQuery,
    options: TraceReadLimits = {},
  ): Promise<TraceReadResult> {
    this.asked.push(query);
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    try {
      await new Promise(setImmediate);
      await this.before(query, options);
      const { maxBytes = Infinity } = options;
      const fitting = Math.ceil(maxBytes / this.bytesPerTrace);
      const limit = Math.min(query.limit, fitting);
      return this.#answer({ ...query, limit });
    } finally {
      this.#underWay -= 1;
    }
  }

  #answer({ services, startTimeMs, endTimeMs, limit }: TraceQuery) {
    const found = services.map(service => {
      const requests = this.#requests.get(service) ?? [];
      const from = firstUpTo(requests, endTimeMs);
      const some = requests.slice(from, from + limit + 1);
      const all = some.filter(({ startMs }) => startMs >= startTimeMs);
      return { service, all, sent: all.slice(0, limit) };
    });
    const sent = found.flatMap(each => each.sent);
    return {
      tables: [spanTableOf(sent.map(traceOf))],
      reach: found.map(each => ({
        service: each.service,
        readFromMs:
          each.sent.length === each.all.length
            ? startTimeMs
            : (each.sent.at(-1)?.startMs ?? endTimeMs) + 0.001,
      })),
      byteCount: sent.length * this.bytesPerTrace,
      fetchedCount: sent.length,
    };
  }
}

/** Index of the first of those, newest first, that started no later. */
function firstUpTo(requests: readonly BusyRequest[], ms: number): number {
  let low = 0;
  let high = requests.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((requests[middle]?.startMs ?? 0) > ms) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function traceOf(request: BusyRequest): Trace {
  const { startMs, durationUs, service = 'a', isError = false } = request;
  const startTimeUs = Math.round(startMs * 1000);
  const span: Span = {
    spanId: '1'.repeat(16),
    service,
    operation: 'GET /',
    kind: 'server',
    status: isError ? 'error' : 'unset',
    offsetUs: 0,
    durationUs,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    warnings: [],
  };
  const id = `${service}${startTimeUs}`;
  const traceId = Buffer.from(id).toString('hex').padStart(32, '0').slice(-32);
  return { traceId, startTimeUs, durationUs, spans: [span], warnings: [] };
}
