import type {
  RequestRateResponse,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { measureEntity } from '../latency';
import type { RequestRateEstimator } from '../sampling';
import type { EntityContext } from '../shared/EntityContext';
import { errorText } from '../shared/errorText';
import { sanitizeMessage } from '../shared/sanitizeMessage';
import { resolveWindow } from '../traces';
import type { WorkloadTracings } from '../tracing';
import {
  namedEntity,
  type TraceServiceNames,
  toWorkloadRef,
} from '../workloads';

/** Of an entity with more, none is likely to be changed alone. */
const MOST_WORKLOADS = 20;

type Rate = RequestRateResponse['workloads'][number];

/** What {@link RequestRates} is made of. */
export interface RequestRatesOptions {
  names: TraceServiceNames;
  tracings: WorkloadTracings;
  estimator: RequestRateEstimator;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Answers `GET …/request-rate`: what a percentage would apply to. */
export class RequestRates {
  readonly #options: RequestRatesOptions;
  readonly #now: () => number;

  static create(options: RequestRatesOptions): RequestRates {
    return new RequestRates(options);
  }

  private constructor(options: RequestRatesOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** @param context - of what the caller may read traces of */
  async rates(context: EntityContext): Promise<RequestRateResponse> {
    const workloads = context.match.workloads.slice(0, MOST_WORKLOADS);
    const [rates, errorRate] = await Promise.all([
      Promise.all(workloads.map(workload => this.#rate(context, workload))),
      this.#errorRate(context),
    ]);
    return { entityRef: context.entityRef, workloads: rates, errorRate };
  }

  async #rate(context: EntityContext, workload: Workload): Promise<Rate> {
    const { estimator, tracings } = this.#options;
    const snapshot = context.snapshots.find(
      ({ cluster }) => cluster === workload.cluster,
    );
    const answer = { workload: toWorkloadRef(workload) };
    try {
      const estimate = await estimator.estimate(
        context,
        workload,
        tracings.effective(workload, snapshot),
      );
      return {
        ...answer,
        requestsPerSecond: estimate?.requestsPerSecond ?? null,
        ...(estimate && {
          bounds: estimate.requestsPerSecondBounds,
          upperBound: estimate.upperBound,
          assumption: estimate.assumption,
        }),
      };
    } catch (error) {
      context.signal?.throwIfAborted();
      const problem = sanitizeMessage(errorText(error));
      return { ...answer, requestsPerSecond: null, problem };
    }
  }

  /** Null without metrics, and where they are away: the rate is worth telling alone. */
  async #errorRate(context: EntityContext): Promise<number | null> {
    const subject = namedEntity(context);
    try {
      const measured = await measureEntity(
        this.#options.names.storeOf(subject),
        context,
        {
          services: this.#options.names
            .candidates(subject)
            .map(({ name }) => name),
          window: resolveWindow({}, this.#now()),
        },
      );
      return measured?.overall?.errorRate ?? null;
    } catch {
      context.signal?.throwIfAborted();
      return null;
    }
  }
}
