import {
  arrivalUnread,
  judgeArrival,
  judgeLimits,
  judgeNames,
  judgeNoStore,
  judgeStore,
  limitsUnread,
  namesUnread,
  tracedSide,
  type DiagnosisRung,
  type StoreFacts,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceStore,
  TraceStoreStatus,
} from 'backstage-plugin-mesh-tracing-node';
import type { EntityAccess } from '../../access';
import { readOptionsOf, type TraceStores } from '../../tracestore';
import type { TraceAnalyses } from '../../traces';
import type { WorkloadTracings } from '../../tracing';
import { namedEntity, type TraceServiceNames } from '../../workloads';
import type { LadderSubject, RungSource } from '../RungSource';
import { readableContext } from '../readableContext';
import { whyUnread } from '../whyUnread';
import { valueOf, within } from '../within';
import { lookAtStore } from './lookAtStore';
import { providerTenants } from './providerTenants';
import { noStoreFacts, readStatus, storeFactsOf } from './readStoreFacts';

/** What {@link StoreRungs} is made of. */
export interface StoreRungsOptions {
  access: Pick<EntityAccess, 'withReadableTraces'>;
  stores: Pick<TraceStores, 'list'>;
  names: Pick<TraceServiceNames, 'storeOf' | 'candidates'>;
  analyses: Pick<TraceAnalyses, 'of'>;
  tracings: Pick<WorkloadTracings, 'effective'>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Of all the reads of a look, each of which has its own limit. */
const LOOK_LIMIT_MS = 20_000;
const WITHHELD = 'Traces of this workload may not be read.';
const NEEDS = 'mesh-tracing.traces.read';

/**
 * The rungs that a trace store answers for: whether it does, the names in it, whether
 * spans arrive, and the limits of all that.
 */
export class StoreRungs implements RungSource {
  readonly #options: StoreRungsOptions;
  readonly #now: () => number;

  static create(options: StoreRungsOptions): StoreRungs {
    return new StoreRungs(options);
  }

  private constructor(options: StoreRungsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async rungs(subject: LadderSubject): Promise<DiagnosisRung[]> {
    const atMs = this.#now();
    const store = this.#storeOf(subject);
    if (!store) {
      const known = this.#options.stores.list().map(({ name }) => name);
      return [
        judgeNoStore(noStoreFacts(subject, known, atMs)),
        ...unread('There is no trace store to ask.', atMs),
      ];
    }
    const [told, readable] = await Promise.all([
      readStatus(store, readOptionsOf(subject.context)),
      readableContext(this.#options.access, subject),
    ]);
    const facts = {
      ...storeFactsOf(store, told, atMs),
      providerTenants: this.#tenantsOf(subject, valueOf(told)),
    };
    if (facts.problem) {
      return [
        judgeStore(facts),
        ...unread('The trace store does not answer.', atMs),
      ];
    }
    if (!readable) {
      return [judgeStore(facts), ...unread(WITHHELD, atMs, NEEDS)];
    }
    const looked = await within(
      () => lookAtStore(this.#options, { store, readable, subject, atMs }),
      subject.context.signal,
      LOOK_LIMIT_MS,
    );
    const look =
      'error' in looked
        ? { why: whyUnread(`Trace store ${store.name}`, looked).join(' ') }
        : looked.value;
    if ('why' in look) {
      return [judgeStore(facts), ...unread(look.why, atMs)];
    }
    return [
      judgeStore({ ...facts, oldestSeenMs: look.limits.oldestMs }),
      judgeNames(look.names),
      judgeArrival({
        ...look.arrival,
        ...tenantFacts(facts, valueOf(told)?.tenant?.value),
      }),
      judgeLimits(look.limits),
    ];
  }

  #storeOf({ context }: LadderSubject): TraceStore | undefined {
    try {
      return this.#options.names.storeOf(namedEntity(context));
    } catch {
      return undefined;
    }
  }

  /** Of the provider in force, else of all. */
  #tenantsOf(
    { context, workload }: LadderSubject,
    status: TraceStoreStatus | undefined,
  ): string[] {
    const snapshot = context.snapshots.find(
      ({ cluster }) => cluster === workload.cluster,
    );
    const side = tracedSide(
      this.#options.tracings.effective(workload, snapshot),
    );
    const provider = side?.tracing.provider.value?.name;
    return snapshot
      ? providerTenants(
          snapshot.inputs.meshConfig,
          status?.tenant?.header ?? 'x-tenant',
          provider === undefined ? undefined : [provider],
        )
      : [];
  }
}

function tenantFacts(
  { providerTenants: written = [], tenant }: StoreFacts,
  read: string | undefined,
) {
  return tenant && read !== undefined
    ? {
        tenant: {
          header: tenant.header,
          isOfProvider: written.includes(read),
          providerTenants: written,
        },
      }
    : {};
}

function unread(why: string, atMs: number, needs?: string): DiagnosisRung[] {
  return [
    namesUnread(why, atMs, needs),
    arrivalUnread(why, atMs, needs),
    limitsUnread(why, atMs, needs),
  ];
}
