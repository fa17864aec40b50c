import type {
  MeasuredRequests,
  SetupFindingsResponse,
  SpanInspection,
} from 'backstage-plugin-mesh-tracing-common';
import { measureEntity } from '../latency';
import type { EntityContext } from '../shared/EntityContext';
import { errorText } from '../shared/errorText';
import { sanitizeMessage } from '../shared/sanitizeMessage';
import { readOptionsOf } from '../tracestore';
import type { EntityAnalysis, TimeWindow, TraceAnalyses } from '../traces';
import { namedEntity, type TraceServiceNames } from '../workloads';
import { inspectEntity } from './inspectEntity';

/** What was looked at, and how that went. */
export type SetupPart = SetupFindingsResponse['parts'][number];

/** What was read for the checks; each part may be missing. */
export interface Seen {
  analysed?: EntityAnalysis;
  measured?: MeasuredRequests;
  inspection?: SpanInspection;
}

/** Reads what the checks of an entity need: a sample of its traces, and metrics. */
export class SetupReads {
  readonly #names: TraceServiceNames;
  readonly #analyses: TraceAnalyses;

  static create(options: {
    names: TraceServiceNames;
    analyses: TraceAnalyses;
  }): SetupReads {
    return new SetupReads(options.names, options.analyses);
  }

  private constructor(names: TraceServiceNames, analyses: TraceAnalyses) {
    this.#names = names;
    this.#analyses = analyses;
  }

  /**
   * @param parts - gets how it went with each
   */
  async read(
    readable: EntityContext | undefined,
    window: TimeWindow,
    parts: SetupPart[],
  ): Promise<Seen> {
    if (!readable) {
      parts.push(
        ...(['requests', 'traces', 'spans'] as const).map(part => ({
          part,
          state: 'not-allowed' as const,
        })),
      );
      return {};
    }
    const read = reader(readable, parts);
    const [analysed, measured] = await Promise.all([
      read('traces', async () => {
        const found = await this.#analyses.of(readable, window, {
          sample: 'quick',
        });
        return found.analysis.traceCount > 0 ? found : undefined;
      }),
      read('requests', async () => this.#measure(readable, window)),
    ]);
    const inspection =
      analysed &&
      (await read('spans', async () => {
        const { searched } = await this.#names.find(
          namedEntity(readable),
          readOptionsOf(readable),
        );
        const found = await inspectEntity(readable, analysed, searched);
        return found.spanCount > 0 ? found : undefined;
      }));
    return { analysed, measured, inspection };
  }

  /** Undefined where no metrics count every request. */
  async #measure(
    readable: EntityContext,
    window: TimeWindow,
  ): Promise<MeasuredRequests | undefined> {
    const subject = namedEntity(readable);
    const store = this.#names.storeOf(subject);
    const services = this.#names.candidates(subject).map(({ name }) => name);
    const measured = await measureEntity(store, readable, { services, window });
    return measured?.overall && measured.source.counts === 'every-request'
      ? measured
      : undefined;
  }
}

/** Reads a part; its failure is told beside what the others find. */
function reader(context: EntityContext, parts: SetupPart[]) {
  return async <T>(
    part: SetupPart['part'],
    read: () => Promise<T | undefined>,
  ): Promise<T | undefined> => {
    try {
      const value = await read();
      parts.push({
        part,
        state: value === undefined ? 'nothing-there' : 'checked',
      });
      return value;
    } catch (error) {
      context.signal?.throwIfAborted();
      parts.push(unavailable(part, error));
      return undefined;
    }
  };
}

/** A part whose source failed. */
export function unavailable(
  part: SetupPart['part'],
  error: unknown,
): SetupPart {
  return {
    part,
    state: 'unavailable',
    problem: sanitizeMessage(errorText(error)),
  };
}
