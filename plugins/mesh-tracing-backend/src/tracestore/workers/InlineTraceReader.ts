import type { TraceAnalysis } from 'backstage-plugin-mesh-tracing-common';
import type { TraceReading } from 'backstage-plugin-mesh-tracing-node';
import { ArrivingTrace } from './ArrivingTrace';
import type {
  AnalysisRequest,
  InspectedPage,
  InspectedPageRequest,
  PageRequest,
  SummariesPage,
  TablePage,
  TraceReader,
  TraceRequest,
} from './TraceJob';
import { UnreadableTracesError } from './UnreadableTracesError';
import {
  analysisJob,
  inspectionJob,
  summariesJob,
  tableJob,
  traceJob,
} from './traceJobs';

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

  async inspection(page: InspectedPageRequest): Promise<InspectedPage> {
    return readable(() => inspectionJob(page));
  }

  async analysis(request: AnalysisRequest): Promise<TraceAnalysis> {
    return analysisJob(request);
  }

  async trace(request: TraceRequest): Promise<TraceReading | undefined> {
    return readable(() => {
      let trace: ArrivingTrace | undefined;
      for (const part of traceJob(request)) {
        if (part.part === 'head') {
          trace = ArrivingTrace.create(part.head);
        } else if (part.part === 'rows') {
          trace?.add(part.rows);
        } else if (part.part === 'end') {
          trace?.finish(part.insights);
        }
      }
      return trace;
    });
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
