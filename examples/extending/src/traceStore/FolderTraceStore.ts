import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  compareNewestFirst,
  decodeOtlpTraces,
  matchesTraceQuery,
  summarizeTrace,
  type Trace,
  type TraceQuery,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReadOptions,
  TraceSearchResult,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';

/**
 * The traces in a folder of OTLP JSON, such as the file exporter of the
 * OpenTelemetry Collector writes: for a recorded incident, or a site that has no
 * trace store. All of it is held in memory.
 */
export class FolderTraceStore implements TraceStore {
  readonly name: string;
  readonly #folder: string;
  #read: { state: string; traces: Trace[] } = { state: '', traces: [] };

  static create(options: { name: string; folder: string }): FolderTraceStore {
    return new FolderTraceStore(options);
  }

  private constructor({ name, folder }: { name: string; folder: string }) {
    this.name = name;
    this.#folder = folder;
  }

  async services(options?: TraceReadOptions): Promise<string[]> {
    const traces = await this.#traces(options);
    const spans = traces.flatMap(trace => trace.spans);
    return [...new Set(spans.map(({ service }) => service))].sort();
  }

  async search(
    query: TraceQuery,
    options?: TraceReadOptions,
  ): Promise<TraceSearchResult> {
    const traces = await this.#traces(options);
    // The subject is whom the traces are shown to belong to: never leave it out.
    const matching = traces.filter(trace => matchesTraceQuery(trace, query));
    const rows = matching.map(summarizeTrace).sort(compareNewestFirst);
    const shown = rows.slice(0, query.limit);
    return {
      traces: shown,
      coverage: {
        complete: shown.length === rows.length,
        fetchedCount: rows.length,
        matchedCount: shown.length,
        // This store searches by where traces begin, so they can be paged by it.
        oldestStartTimeMs: shown.at(-1)?.startTimeMs,
        filteredHere: [],
        failures: [],
      },
    };
  }

  async trace(
    traceId: string,
    _hint?: unknown,
    options?: TraceReadOptions,
  ): Promise<Trace | undefined> {
    const traces = await this.#traces(options);
    return traces.find(trace => trace.traceId === traceId);
  }

  /** Reads the folder again when a file has come, gone or changed. */
  async #traces({ signal }: TraceReadOptions = {}): Promise<Trace[]> {
    try {
      const files = await this.#files();
      const state = JSON.stringify(files);
      if (state !== this.#read.state) {
        const texts = await Promise.all(
          files.map(({ path }) => readFile(path, { encoding: 'utf8', signal })),
        );
        // Together: the spans of one trace may stand in several files.
        this.#read = { state, traces: decodeOtlpTraces(texts.join('\n')) };
      }
      return this.#read.traces;
    } catch (error) {
      signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `The traces in the folder of '${this.name}' could not be read`,
        error,
      );
    }
  }

  async #files(): Promise<Array<{ path: string; size: number; ms: number }>> {
    const names = await readdir(this.#folder);
    const paths = names.filter(name => /\.jsonl?$/.test(name)).sort();
    return Promise.all(
      paths.map(async name => {
        const path = join(this.#folder, name);
        const { size, mtimeMs } = await stat(path);
        return { path, size, ms: mtimeMs };
      }),
    );
  }
}
