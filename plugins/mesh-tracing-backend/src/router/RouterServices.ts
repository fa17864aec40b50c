import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  CallerAccess,
  EntityAccess,
  WriteAnswers,
  WriteGate,
} from '../access';
import type { AlertAnswers, OwnedAlertAnswers } from '../alerts';
import type { Auditor } from '../audit';
import type { BindingAlarm, WorkloadAnswers } from '../workloads';
import type { DependencyAnswers } from '../dependencies';
import type { DiagnosisAnswers } from '../diagnosis';
import type { ForcingAnswers, SteppedRefusals, TraceLocator } from '../forcing';
import type { LatencyAnswers, RequestAnswers } from '../latency';
import type { OwnedAnswers } from '../owned';
import type { PropagationAnswers } from '../propagation';
import type { ReportAnswers } from '../report';
import type { RequestRates, SetupAnswers, WideSetupAnswers } from '../setup';
import type { TraceAnswers } from '../traces';
import type { TracingAnswers } from '../tracing';
import type { ReadTurns } from './turns/ReadTurns';
import type { SamplingService } from '../sampling';
import type { YamlCheckAnswers } from '../yamlcheck';

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
  workloads: WorkloadAnswers;
  tracing: TracingAnswers;
  diagnosis: DiagnosisAnswers;
  traces: TraceAnswers;
  latency: LatencyAnswers;
  requests: RequestAnswers;
  dependencies: DependencyAnswers;
  propagation: PropagationAnswers;
  report: ReportAnswers;
  owned: OwnedAnswers;
  forcing: ForcingAnswers;
  locator: TraceLocator;
  refusals: SteppedRefusals;
  alerts: AlertAnswers;
  ownedAlerts: OwnedAlertAnswers;
  sampling: SamplingService;
  setup: SetupAnswers;
  wideSetup: WideSetupAnswers;
  rates: RequestRates;
  yamlCheck: YamlCheckAnswers;
}
