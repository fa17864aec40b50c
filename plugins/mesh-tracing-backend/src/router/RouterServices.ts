import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CallerAccess } from '../access/CallerAccess';
import type { EntityAccess } from '../access/EntityAccess';
import type { BindingAlarm } from '../binding/BindingAlarm';
import type { DependencyInsight } from '../insights/DependencyInsight';
import type { LatencyInsight } from '../insights/LatencyInsight';
import type { OwnedInsight } from '../insights/OwnedInsight';
import type { ReportInsight } from '../insights/ReportInsight';
import type { TraceInsight } from '../insights/TraceInsight';
import type { TracingInsight } from '../insights/TracingInsight';
import type { WorkloadInsight } from '../insights/WorkloadInsight';
import type { ReadTurns } from './ReadTurns';
import type { SamplingService } from '../sampling/SamplingService';

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
