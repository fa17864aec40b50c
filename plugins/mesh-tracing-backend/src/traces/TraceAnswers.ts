import { InputError, NotFoundError } from '@backstage/errors';
import {
  normalizeTraceId,
  senderBelongsTo,
  type TraceQuery,
  type TraceSubject,
  type TracesResponse,
  type tracesQuerySchema,
  type windowQuerySchema,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReading,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import type { z } from 'zod';
import type { EntityContext } from '../shared/EntityContext';
import { withErrorDetails } from '../shared/errorDetails';
import { callTraceStore, readOptionsOf } from '../tracestore';
import { jaegerDefaults } from './jaegerDefaults';
import { namedEntity, type TraceServiceNames } from '../workloads';
import { evenlyChosen } from './evenlyChosen';
import type { ForeignSpans } from './ForeignSpans';
import { emptyCoverage, publicCoverage } from './publicCoverage';
import { readTrace } from './readTrace';
import { resolveWindow } from './resolveWindow';
import { shownParts, type TraceAnswer } from './shownParts';
import { subjectOf } from './subjectOf';
import type { TraceAnalyses } from './TraceAnalyses';

type SearchQuery = z.output<typeof tracesQuerySchema>;
type WindowQuery = z.output<typeof windowQuerySchema>;

const DEFAULT_LIMIT = 50;
/** As many as a query can ask for, and as a chart can show. */
const SAMPLE_LIMIT = 500;
const SAMPLE_TRACE_ID = '0123456789abcdef0123456789abcdef';

/** Answers `GET …/traces` and `GET …/traces/{traceId}`. */
export class TraceAnswers {
  readonly #names: TraceServiceNames;
  readonly #analyses: TraceAnalyses;
  readonly #foreign: ForeignSpans;
  readonly #now: () => number;

  static create(options: {
    names: TraceServiceNames;
    analyses: TraceAnalyses;
    foreign: ForeignSpans;
    now?: () => number;
  }): TraceAnswers {
    return new TraceAnswers(options);
  }

  private constructor(options: {
    names: TraceServiceNames;
    analyses: TraceAnalyses;
    foreign: ForeignSpans;
    now?: () => number;
  }) {
    this.#names = options.names;
    this.#analyses = options.analyses;
    this.#foreign = options.foreign;
    this.#now = options.now ?? Date.now;
  }

  async search(
    context: EntityContext,
    query: SearchQuery,
  ): Promise<TracesResponse> {
    if (query.sample) {
      return this.#sampled(context, query);
    }
    const defaults = jaegerDefaults(context.entity);
    const window = resolveWindow(query, this.#now(), defaults.lookbackMs);
    const attributes = attributesOf(query.tag);
    checkRange(query, 'minSpanDurationUs', 'maxSpanDurationUs');
    checkRange(query, 'minTraceDurationUs', 'maxTraceDurationUs');
    const options = readOptionsOf(context);
    const { store, found, searched } = await this.#names.find(
      namedEntity(context),
      options,
    );
    const asked: TraceQuery = {
      services: searched,
      subject: subjectOf(context, found, searched),
      ...window,
      operation: query.operation ?? defaults.operation,
      kind: query.kind,
      errorsOnly: query.errorsOnly === 'true',
      attributes,
      minSpanDurationUs: query.minSpanDurationUs,
      maxSpanDurationUs: query.maxSpanDurationUs,
      minTraceDurationUs: query.minTraceDurationUs,
      maxTraceDurationUs: query.maxTraceDurationUs,
      limit: query.limit ?? defaults.limit ?? DEFAULT_LIMIT,
    };
    const result =
      searched.length === 0
        ? { traces: [], coverage: emptyCoverage() }
        : await callTraceStore(
            store,
            s => s.search(asked, options),
            context.signal,
          );
    return {
      entityRef: context.entityRef,
      store: store.name,
      traceUrlTemplate: traceUrlTemplate(store),
      ...window,
      services: searched,
      traces: await this.#foreign.redactSummaries(
        context,
        found,
        result.traces,
      ),
      coverage: publicCoverage(result.coverage),
    };
  }

  /** Traces of which the statistics of the window are made, from all over it. */
  async #sampled(
    context: EntityContext,
    query: SearchQuery,
  ): Promise<TracesResponse> {
    refuseFilters(query);
    const { lookbackMs } = jaegerDefaults(context.entity);
    const window = resolveWindow(query, this.#now(), lookbackMs);
    const { analysis, coverage, services, store } = await this.#analyses.of(
      context,
      window,
      { sample: query.sample },
    );
    const { summaries, sample } = analysis;
    const limit = query.limit ?? SAMPLE_LIMIT;
    const rows = evenlyChosen(summaries, window, limit);
    const isCut = rows.length < summaries.length;
    const shown = publicCoverage(coverage);
    return {
      entityRef: context.entityRef,
      store: store.name,
      traceUrlTemplate: traceUrlTemplate(store),
      ...window,
      services,
      traces: await this.#foreign.redactSummaries(context, services, rows),
      sample,
      coverage: isCut ? { ...shown, complete: false, isSample: true } : shown,
    };
  }

  /**
   * @throws NotFoundError when the store lacks the trace and, in the same words,
   *   when no span of it belongs to the entity: whether a foreign trace exists
   *   is nobody's business.
   */
  async trace(
    context: EntityContext,
    traceId: string,
    query: WindowQuery,
  ): Promise<TraceAnswer> {
    const id = normalizeTraceId(traceId);
    const options = readOptionsOf(context);
    const { store, found } = await this.#names.find(
      namedEntity(context),
      options,
    );
    const hint =
      query.startTimeMs !== undefined && query.endTimeMs !== undefined
        ? resolveWindow(query, this.#now())
        : undefined;
    const reading = id
      ? await callTraceStore(
          store,
          s => readTrace(s, id, hint, options),
          context.signal,
        )
      : undefined;
    const isOwn = ownSenders(reading, subjectOf(context, found));
    if (!reading || !isOwn.includes(1)) {
      throw withErrorDetails(
        new NotFoundError(
          `No trace ${traceId} with a span of ${context.entityRef} is in trace store '${store.name}'`,
        ),
        {
          system: 'trace-store',
          systemName: store.name,
          whatToDo:
            'It may have expired or not have arrived yet; if it belongs to another service, open it there.',
        },
      );
    }
    const { head, cut } = reading;
    const withheld = await this.#foreign.withheldSenders(
      context,
      head.senders,
      isOwn,
    );
    return {
      entityRef: context.entityRef,
      store: store.name,
      traceUrl: store.traceUrl?.(head.traceId),
      cut,
      head,
      parts: () => shownParts({ reading, isOwn, withheld }),
    };
  }
}

/** What a sample is of is decided by the window alone. */
function refuseFilters({
  startTimeMs,
  endTimeMs,
  limit,
  sample,
  ...filters
}: SearchQuery): void {
  const [field] = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : name,
  );
  if (field !== undefined) {
    throw withErrorDetails(
      new InputError(`${field} can't go with sample, which has no filters`),
      { system: 'portal', field },
    );
  }
}

/** For each sender of a trace 1 if its spans belong to the subject. */
function ownSenders(
  reading: TraceReading | undefined,
  subject: TraceSubject,
): Uint8Array {
  return Uint8Array.from(reading?.head.senders ?? [], ({ service, identity }) =>
    senderBelongsTo(service, identity, subject) ? 1 : 0,
  );
}

function traceUrlTemplate(store: TraceStore): string | undefined {
  return store
    .traceUrl?.(SAMPLE_TRACE_ID)
    ?.replace(SAMPLE_TRACE_ID, '{traceId}');
}

/** Some storages fail on such a range, others find nothing. */
function checkRange(
  query: SearchQuery,
  min: 'minSpanDurationUs' | 'minTraceDurationUs',
  max: 'maxSpanDurationUs' | 'maxTraceDurationUs',
): void {
  const [least, most] = [query[min], query[max]];
  if (least !== undefined && most !== undefined && least > most) {
    throw withErrorDetails(new InputError(`${min} must not be above ${max}`), {
      system: 'portal',
      field: min,
    });
  }
}

function attributesOf(
  tag: string | string[] | undefined,
): Record<string, string> | undefined {
  const tags = [tag ?? []].flat();
  if (tags.length === 0) {
    return undefined;
  }
  const pairs = tags.map(text => {
    const at = text.indexOf('=');
    if (at < 1) {
      throw withErrorDetails(
        new InputError(`A tag is written key=value; '${text}' is not`),
        { system: 'portal', field: 'tag' },
      );
    }
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs);
}
