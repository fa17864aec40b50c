import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { Random } from '../checks/Random';
import type { BookinfoService } from './BookinfoSettings';

/** Headers that carry the trace, for either kind of tracer. */
const TRACE_CONTEXT = [
  'traceparent',
  'tracestate',
  'b3',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-b3-parentspanid',
  'x-b3-sampled',
  'x-b3-flags',
];
const REQUEST_ID = ['x-request-id', 'x-client-trace-id'];
const OTHERS = ['x-tenant', 'user-agent'];

/**
 * Headers that an application must pass on so that its spans join the caller's
 * trace and the caller's sampling decision holds, and some of its own.
 */
const FORWARDED = [...TRACE_CONTEXT, ...REQUEST_ID, ...OTHERS];

/** What a service that misbehaves still forwards of the tracing headers. */
const LEFT = {
  none: OTHERS,
  'request-id': [...REQUEST_ID, ...OTHERS],
  'trace-context': [...TRACE_CONTEXT, ...OTHERS],
} as const;

/** How one service is to misbehave from now on. */
export const behaviourSchema = z.object({
  /** App and version, such as `reviews-v2`. */
  service: z.string(),
  /** Share of its calls that lose headers, 0..1. */
  share: z.number().min(0).max(1),
  /** What those calls still forward. */
  forwards: z.enum(['none', 'request-id', 'trace-context']),
  seed: z.number().int(),
});

/** See {@link behaviourSchema}. */
export type Behaviour = z.infer<typeof behaviourSchema>;

/** Calls of a service since it was told how to behave. */
export interface ForwardingCounts {
  calls: number;
  /** Calls that lost headers. */
  dropped: number;
}

/** The headers of an incoming request that go out with its own calls. */
export function forwardedHeaders(
  incoming: IncomingHttpHeaders,
  names: readonly string[] = FORWARDED,
): Record<string, string | string[]> {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = incoming[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Which headers the services of the sample application forward; all, unless told. */
export class HeaderForwarding {
  readonly #states = new Map<
    string,
    { behaviour: Behaviour; random: Random; counts: ForwardingCounts }
  >();

  static create(): HeaderForwarding {
    return new HeaderForwarding();
  }

  private constructor() {}

  /** Lets a service misbehave, and counts its calls from 0. */
  set(behaviour: Behaviour): void {
    this.#states.set(behaviour.service, {
      behaviour,
      random: Random.of(behaviour.seed),
      counts: { calls: 0, dropped: 0 },
    });
  }

  /** Headers of the next call of a service. */
  headersOf(
    { app, version }: Pick<BookinfoService, 'app' | 'version'>,
    incoming: IncomingHttpHeaders,
  ): Record<string, string | string[]> {
    const state = this.#states.get(`${app}-${version}`);
    if (!state) {
      return forwardedHeaders(incoming);
    }
    const { behaviour, random, counts } = state;
    const isDropped = random.chance(behaviour.share);
    counts.calls += 1;
    counts.dropped += isDropped ? 1 : 0;
    return forwardedHeaders(
      incoming,
      isDropped ? LEFT[behaviour.forwards] : FORWARDED,
    );
  }

  counts(service: string): ForwardingCounts {
    return this.#states.get(service)?.counts ?? { calls: 0, dropped: 0 };
  }
}
