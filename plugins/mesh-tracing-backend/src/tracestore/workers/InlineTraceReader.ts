import type { TraceAnalysis } from 'backstage-plugin-mesh-tracing-common';
import type { StoredTrace } from 'backstage-plugin-mesh-tracing-node';
import type {
  AnalysisRequest,
  PageRequest,
  SummariesPage,
  TablePage,
  TraceReader,
  TraceRequest,
} from './TraceJob';
import { UnreadableTracesError } from './UnreadableTracesError';
import { analysisJob, summariesJob, tableJob, traceJob } from './traceJobs';

/** Works on the calling thread: for small bodies, and where no thread can be started. */
export class InlineTraceReader implements TraceReader {
  static create(): InlineTraceReader {
    return new InlineTraceReader();
  }

  private constructor() {}

  async summaries(page: PageRequest): Promise<SummariesPage> {
    return readable(() => summariesJob(page));
  }

  async table(page: PageRequest): Promise<TablePage> {
    return readable(() => tableJob(page));
  }

  async analysis(request: AnalysisRequest): Promise<TraceAnalysis> {
    return analysisJob(request);
  }

  async trace(request: TraceRequest): Promise<StoredTrace | undefined> {
    return readable(() => traceJob(request));
  }

  async stop(): Promise<void> {}
}

/** The body is the store's: that it is no JSON is not the portal's failure. */
function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SyntaxError ? new UnreadableTracesError() : error;
  }
}
