import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  CallerAccess,
  EntityAccess,
  WriteAnswers,
  WriteGate,
} from '../access';
import type { Auditor } from '../audit';
import type { BindingAlarm, WorkloadInsight } from '../workloads';
import type { DependencyInsight } from '../dependencies';
import type { LatencyInsight } from '../latency';
import type { OwnedInsight } from '../owned';
import type { ReportInsight } from '../report';
import type { TraceInsight } from '../traces';
import type { TracingInsight } from '../tracing';
import type { ReadTurns } from './turns/ReadTurns';
import type { SamplingService } from '../sampling';

/** What the routes hand their work to. */
export interface RouterServices {
  logger: LoggerService;
  auditor: Auditor;
  turns: ReadTurns;
  access: EntityAccess;
  answers: WriteAnswers;
  gate: WriteGate;
  callers: CallerAccess;
  alarm: BindingAlarm;
  workloads: WorkloadInsight;
  tracing: TracingInsight;
  traces: TraceInsight;
  latency: LatencyInsight;
  dependencies: DependencyInsight;
  report: ReportInsight;
  owned: OwnedInsight;
  sampling: SamplingService;
}
