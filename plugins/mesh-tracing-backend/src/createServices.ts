import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type {
  WorkloadBinding,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import {
  CallerAccess,
  CallerDecisions,
  DefaultEntityAccess,
  type EntityAccess,
  OwnershipResolver,
  TraceAccess,
  WriteAnswers,
  WriteGate,
} from './access';
import { AlertAnswers, OwnedAlertAnswers } from './alerts';
import { Auditor } from './audit';
import {
  BindingAlarm,
  CatalogFirstHops,
  type CatalogWorkloads,
  type TraceServiceNames,
  WorkloadAnswers,
} from './workloads';
import type { MeshClusters } from './clusters';
import {
  DeclaredNeighbours,
  DependencyAnswers,
  NeighbourTraces,
} from './dependencies';
import {
  ForeignSpans,
  type ForeignSpansMode,
  type TraceAnalyses,
  TraceAnswers,
} from './traces';
import { createForcing } from './forcing';
import {
  ConfigurationRungs,
  DiagnosisAnswers,
  type MeshMetrics,
  PropagationRungs,
  StoreRungs,
  TracedPropagation,
  TrafficRungs,
} from './diagnosis';
import { LatencyAnswers, RequestAnswers } from './latency';
import { OwnedAnswers } from './owned';
import { PropagationAnswers } from './propagation';
import { ReportAnswers } from './report';
import { TracingAnswers, WorkloadTracings } from './tracing';
import { type ReadLimits, ReadTurns, type RouterServices } from './router';
import type { RequestRateEstimator, SamplingService } from './sampling';
import { createSetup } from './setup';
import type { TraceStores } from './tracestore';
import { YamlCheckAnswers } from './yamlcheck';

/** What the services behind the routes are made from. */
export interface ServicesOptions {
  auditor: AuditorService;
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  notifications?: NotificationService;
  clusters: MeshClusters;
  stores: TraceStores;
  metrics: MeshMetrics;
  resolver: WorkloadResolver;
  binding: WorkloadBinding;
  names: TraceServiceNames;
  analyses: TraceAnalyses;
  sampling: SamplingService;
  estimator: RequestRateEstimator;
  writers: 'owners' | 'permission';
  actForOwners: boolean;
  permissionsEnabled: boolean;
  catalogWorkloads: CatalogWorkloads;
  readLimits: ReadLimits;
  foreignSpans: ForeignSpansMode;
  /** Whether members of a group own what its parents own. */
  parentGroups: boolean;
  /** Where people reach the portal. */
  portalUrl?: string;
}

/** Creates the services behind the routes and connects them. */
export function createServices(options: ServicesOptions): RouterServices {
  const { catalog, clusters, names, analyses, sampling } = options;
  const ownership = OwnershipResolver.create(options);
  const tracings = WorkloadTracings.create();
  const callers = CallerAccess.create({ ...options, ownership });
  const decisions = CallerDecisions.create(options);
  const traceAccess = TraceAccess.create({ decisions });
  const decided = { ...options, decisions, traces: traceAccess };
  const access = DefaultEntityAccess.create({ ...decided, ownership });
  const answers = WriteAnswers.create(decided);
  const auditor = Auditor.create(options);
  const alarm = BindingAlarm.create({ ...options, auditor });
  const foreign = ForeignSpans.create({
    ...options,
    access,
    mode: options.foreignSpans,
  });
  const measured = { names, analyses, tracings };
  const requests = RequestAnswers.create(measured);
  const propagation = PropagationAnswers.create({ ...measured, requests });
  return {
    logger: options.logger,
    auditor,
    access,
    answers,
    gate: WriteGate.create({ access, alarm, answers, auditor }),
    turns: ReadTurns.create({
      httpAuth: options.httpAuth,
      limits: options.readLimits,
    }),
    callers,
    alarm,
    workloads: WorkloadAnswers.create({ clusters, names }),
    tracing: TracingAnswers.create({ clusters, tracings, sampling }),
    diagnosis: diagnosisOf(options, { access, propagation, tracings }),
    traces: TraceAnswers.create({ names, analyses, foreign }),
    latency: LatencyAnswers.create({ analyses, tracings }),
    requests,
    propagation,
    dependencies: DependencyAnswers.create({
      analyses,
      catalogWorkloads: options.catalogWorkloads,
      declared: DeclaredNeighbours.create(catalog),
      neighbourTraces: NeighbourTraces.create({ analyses, access }),
    }),
    report: ReportAnswers.create({ analyses, tracings, foreign, access }),
    owned: OwnedAnswers.create({ ...options, access: callers, tracings }),
    ...alertsOf(options, { access, callers }),
    sampling,
    ...createForcing({ ...options, access, callers, tracings }),
    ...createSetup({ ...options, access: callers, tracings }),
    yamlCheck: YamlCheckAnswers.create(),
  };
}

function alertsOf(
  options: ServicesOptions,
  made: { access: EntityAccess; callers: CallerAccess },
): Pick<RouterServices, 'alerts' | 'ownedAlerts'> {
  const alerts = AlertAnswers.create(options);
  const ownedAlerts = OwnedAlertAnswers.create({
    ...options,
    ...made,
    answers: alerts,
    snapshots: () => options.clusters.snapshots(),
  });
  return { alerts, ownedAlerts };
}

function diagnosisOf(
  options: ServicesOptions,
  made: {
    access: EntityAccess;
    propagation: PropagationAnswers;
    tracings: WorkloadTracings;
  },
): DiagnosisAnswers {
  const firstHops = CatalogFirstHops.create(options.catalogWorkloads);
  return DiagnosisAnswers.create({
    access: made.access,
    sources: [
      ConfigurationRungs.create({ ...options, ...made }),
      StoreRungs.create({ ...options, ...made }),
      TrafficRungs.create({ ...options, ...made, firstHops }),
      PropagationRungs.create({
        judge: TracedPropagation.create({ answers: made.propagation }),
      }),
    ],
  });
}
