import type { Random } from '../../checks/Random';
import type { MeshWorkload } from '../../kubernetes/meshWorkloads';
import type { LabWorkloadName } from '../../layout/LabLayout';
import type { MadeSpan } from './MadeSpan';
import { Page } from './Page';

/** How a page of Bookinfo went. */
export interface PagePlan {
  /** Milliseconds since the epoch at which the frontend takes the request. */
  startMs: number;
  /** How many times slower than usual ratings is. */
  ratingsSlowdown: number;
  /** Share of its calls that ratings fails, from 0 to 1. */
  ratingsFailures: number;
  /** Share of pages that pass reviews v2, which alone calls ratings. */
  secondVersion: number;
}

/** Typical time of each service's own work. */
const OWN_WORK_US = {
  frontend: 9_000,
  details: 4_000,
  reviews: 11_000,
  ratings: 6_000,
};
/** Sigma of the logarithm: one in a hundred takes some four times as long. */
const SPREAD = 0.6;

type App = keyof typeof OWN_WORK_US;

function logNormal(random: Random, median: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  const normal = radius * Math.cos(2 * Math.PI * random.next());
  return median * Math.exp(SPREAD * normal);
}

/** Makes the spans of pages, as the lab's own Envoys would report them. */
export class PageMaker {
  readonly #random: Random;
  readonly #workloads: Map<LabWorkloadName, MeshWorkload>;

  static create(random: Random, workloads: MeshWorkload[]): PageMaker {
    return new PageMaker(
      random,
      new Map(workloads.map(workload => [workload.name, workload])),
    );
  }

  private constructor(
    random: Random,
    workloads: Map<LabWorkloadName, MeshWorkload>,
  ) {
    this.#random = random;
    this.#workloads = workloads;
  }

  /** Spans of one page, the frontend's own first: five, or seven with ratings. */
  page(plan: PagePlan): MadeSpan[] {
    const random = this.#random;
    const version = random.chance(plan.secondVersion) ? 'v2' : 'v1';
    const failed = version === 'v2' && random.chance(plan.ratingsFailures);
    const page = new Page(random, this.#workloads);
    const ratings =
      version === 'v2'
        ? page.call('reviews-v2', 'ratings-v1', {
            durationUs: this.#work('ratings') * plan.ratingsSlowdown,
            failed,
          })
        : undefined;
    const reviews = page.call('frontend-v1', `reviews-${version}`, {
      durationUs: this.#work('reviews') + (ratings?.durationUs ?? 0),
      failed,
      inner: ratings,
    });
    const details = page.call('frontend-v1', 'details-v1', {
      durationUs: this.#work('details'),
      failed: false,
    });
    // Both are called at once.
    const waitUs = Math.max(details.durationUs, reviews.durationUs);
    return page.finish([details, reviews], {
      startUs: plan.startMs * 1000,
      durationUs: this.#work('frontend') + waitUs,
      failed,
    });
  }

  #work(app: App): number {
    return Math.round(logNormal(this.#random, OWN_WORK_US[app]));
  }
}
