import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CallerAccess, EntityAccess } from '../access';
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
  auditor: AuditorService;
  turns: ReadTurns;
  access: EntityAccess;
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
