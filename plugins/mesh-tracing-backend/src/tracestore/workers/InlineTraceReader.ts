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
import { analysisJob, summariesJob, tableJob, traceJob } from './traceJobs';

/** Works on the calling thread: for small bodies, and where no thread can be started. */
export class InlineTraceReader implements TraceReader {
  static create(): InlineTraceReader {
    return new InlineTraceReader();
  }

  private constructor() {}

  async summaries(page: PageRequest): Promise<SummariesPage> {
    return summariesJob(page);
  }

  async table(page: PageRequest): Promise<TablePage> {
    return tableJob(page);
  }

  async analysis(request: AnalysisRequest): Promise<TraceAnalysis> {
    return analysisJob(request);
  }

  async trace(request: TraceRequest): Promise<StoredTrace | undefined> {
    return traceJob(request);
  }

  async stop(): Promise<void> {}
}
