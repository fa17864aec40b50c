import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { FairQueue } from 'backstage-plugin-mesh-tracing-node';
import type { Request } from 'express';
import type { ReadLimits } from './readReadLimits';
import { requestSignal } from '../../shared/requestSignal';
import { TooManyReadsError } from './TooManyReadsError';
import type { RouteName } from '../RouteName';

/** The queue in which a request waits for its turn. */
type Lane = 'traces' | 'fine' | 'preview' | 'memory';

/**
 * The queue of each route. `traces`: asks a trace store, and computes. `preview`: asks
 * each system a little. Statistics of the finest sample ask a trace store for several
 * times as much as others: `fine`, one at a time for each user. `memory`: is answered from memory, the catalog and the
 * database. A write waits in none: other limits bound the number of writes, and a
 * revert must not come too late.
 */
const LANES: Record<RouteName, Lane | undefined> = {
  workloads: 'memory',
  tracing: 'memory',
  diagnosis: 'traces',
  yamlCheck: 'memory',
  traces: 'traces',
  trace: 'traces',
  latency: 'traces',
  requests: 'traces',
  tracedRequests: 'traces',
  dependencies: 'traces',
  propagation: 'traces',
  report: 'traces',
  preview: 'preview',
  apply: undefined,
  revert: undefined,
  history: 'memory',
  owned: 'memory',
  ownedHistory: 'memory',
  forcing: 'memory',
  conditionalTracing: 'memory',
  locateTrace: 'traces',
  setupFindings: 'traces',
  requestRate: 'traces',
  ownedSetupFindings: 'memory',
  meshSetupFindings: 'memory',
  alertRules: 'traces',
  ownedAlertRules: 'traces',
};

/** As many other reads as one of the finest sample. */
const FINE_WEIGHS = 4;

/**
 * Lets users take turns, so that one who asks for much makes nobody else wait. A turn
 * lasts as long as the work, even when the caller went away before its end.
 */
export class ReadTurns {
  readonly #httpAuth: HttpAuthService;
  readonly #waitingPerUser: number;
  readonly #lanes: Record<Lane, FairQueue>;

  static create(options: {
    httpAuth: HttpAuthService;
    limits: ReadLimits;
  }): ReadTurns {
    return new ReadTurns(options.httpAuth, options.limits);
  }

  private constructor(httpAuth: HttpAuthService, limits: ReadLimits) {
    const { total, perUser, waitingPerUser } = limits;
    this.#httpAuth = httpAuth;
    this.#waitingPerUser = waitingPerUser;
    const lane = (wide: number) =>
      FairQueue.create({ total: total * wide, perCaller: perUser * wide });
    this.#lanes = {
      traces: lane(1),
      fine: FairQueue.create({
        total: Math.max(1, Math.floor(total / FINE_WEIGHS)),
        perCaller: 1,
      }),
      preview: lane(1),
      memory: lane(2),
    };
  }

  /**
   * @throws AuthenticationError or NotAllowedError for anyone but a signed-in
   *   user; TooManyReadsError when too many of that user wait; else what the work
   *   throws.
   */
  async run<T>(
    route: RouteName,
    request: Request,
    work: () => Promise<T>,
  ): Promise<T> {
    const lane = laneOf(route, request);
    if (!lane) {
      return work();
    }
    const queue = this.#lanes[lane];
    const { principal } = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    const caller = principal.userEntityRef;
    const waiting = queue.waitingOf(caller);
    if (waiting >= this.#waitingPerUser) {
      throw TooManyReadsError.create(waiting);
    }
    return queue.run(work, { caller, signal: requestSignal(request) });
  }
}

function laneOf(route: RouteName, { query }: Request): Lane | undefined {
  const lane = LANES[route];
  return lane === 'traces' && query.sample === 'fine' ? 'fine' : lane;
}
