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
  OwnershipResolver,
  TraceAccess,
  WriteAnswers,
  WriteGate,
} from './access';
import { Auditor } from './audit';
import {
  BindingAlarm,
  type CatalogWorkloads,
  type TraceServiceNames,
  WorkloadInsight,
} from './workloads';
import type { MeshClusters } from './clusters';
import {
  DeclaredNeighbours,
  DependencyInsight,
  NeighbourTraces,
} from './dependencies';
import {
  ForeignSpans,
  type ForeignSpansMode,
  type TraceAnalyses,
  TraceInsight,
} from './traces';
import { LatencyInsight } from './latency';
import { OwnedInsight } from './owned';
import { ReportInsight } from './report';
import { TracingInsight, WorkloadTracings } from './tracing';
import { type ReadLimits, ReadTurns, type RouterServices } from './router';
import type { SamplingService } from './sampling';

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
  resolver: WorkloadResolver;
  binding: WorkloadBinding;
  names: TraceServiceNames;
  analyses: TraceAnalyses;
  sampling: SamplingService;
  writers: 'owners' | 'permission';
  actForOwners: boolean;
  permissionsEnabled: boolean;
  catalogWorkloads: CatalogWorkloads;
  readLimits: ReadLimits;
  foreignSpans: ForeignSpansMode;
  /** Whether members of a group own what its parents own. */
  parentGroups: boolean;
}

/** Puts together what answers the routes. */
export function createServices(options: ServicesOptions): RouterServices {
  const { catalog, clusters, resolver, names, analyses, sampling } = options;
  const ownership = OwnershipResolver.create(options);
  const tracings = WorkloadTracings.create();
  const callers = CallerAccess.create({ ...options, ownership });
  const decisions = CallerDecisions.create(options);
  const traceAccess = TraceAccess.create({ decisions });
  const access = DefaultEntityAccess.create({
    ...options,
    ownership,
    decisions,
    traces: traceAccess,
  });
  const answers = WriteAnswers.create({
    ...options,
    decisions,
    traces: traceAccess,
  });
  const auditor = Auditor.create(options);
  const alarm = BindingAlarm.create({ ...options, auditor });
  const foreign = ForeignSpans.create({
    ...options,
    access,
    mode: options.foreignSpans,
  });
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
    workloads: WorkloadInsight.create({ clusters, names }),
    tracing: TracingInsight.create({ clusters, tracings, sampling }),
    traces: TraceInsight.create({ names, foreign }),
    latency: LatencyInsight.create({ analyses, tracings }),
    dependencies: DependencyInsight.create({
      analyses,
      catalogWorkloads: options.catalogWorkloads,
      declared: DeclaredNeighbours.create(catalog),
      neighbourTraces: NeighbourTraces.create({ analyses, access }),
    }),
    report: ReportInsight.create({ analyses, tracings, foreign, access }),
    owned: OwnedInsight.create({
      access: callers,
      clusters,
      resolver,
      tracings,
      sampling,
    }),
    sampling,
  };
}
