import type {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { rootNamespaceOf } from 'backstage-plugin-mesh-tracing-common';
import type { SamplingPolicy } from 'backstage-plugin-mesh-tracing-node';
import type { MeshClusters } from '../clusters';
import { AcceptanceWatch } from './acceptance/AcceptanceWatch';
import { ChangeSettler } from './change/ChangeSettler';
import { ConfiguredSamplingPolicy } from './rules/ConfiguredSamplingPolicy';
import { DefaultSamplingService } from './DefaultSamplingService';
import { OutsideChanges } from './outside/OutsideChanges';
import { OutsideRecorder } from './outside/OutsideRecorder';
import { OverrideAnnouncer } from './announce/OverrideAnnouncer';
import { OverrideApplier } from './change/OverrideApplier';
import { OverrideExpiry } from './recovery/OverrideExpiry';
import { OverridePlanner } from './plan/OverridePlanner';
import { OverridePreviewer } from './preview/OverridePreviewer';
import { OverrideReverter } from './change/OverrideReverter';
import { OverrideWriter } from './change/OverrideWriter';
import { PreviewLimit } from './preview/PreviewLimit';
import { PreviewTokens } from './preview/PreviewTokens';
import { RateLimit } from './rules/RateLimit';
import type { RequestRateEstimator } from './impact/RequestRateEstimator';
import type { SamplingConfig } from './config/SamplingConfig';
import { SamplingEffects } from './impact/SamplingEffects';
import type { FirstHopEntities, WorkloadOwners } from '../workloads';
import { Auditor, SamplingAudit } from '../audit';
import { SamplingHistory } from './history/SamplingHistory';
import { SamplingReconciler } from './recovery/SamplingReconciler';
import type { SamplingService } from './SamplingService';
import type { SamplingStore } from './store/SamplingStore';
import { SamplingTasks } from './recovery/SamplingTasks';

/** What the sampling capability is made of. */
export interface SamplingOptions {
  clusters: MeshClusters;
  store: SamplingStore;
  config: SamplingConfig;
  /**
   * Policies beside the configured guard rails; all of them must allow a
   * change.
   */
  policies?: SamplingPolicy[];
  auditor: AuditorService;
  logger: LoggerService;
  notifications?: NotificationService;
  signals?: SignalsService;
  estimator?: RequestRateEstimator;
  /** Whom wider changes concern; nobody is known when absent. */
  owners?: WorkloadOwners;
  /** Who stands for services where traces begin; nobody is known when absent. */
  firstHops?: FirstHopEntities;
  now?: () => Date;
}

/** The sampling capability: what answers requests and what runs by itself. */
export interface Sampling {
  service: SamplingService;
  expiry: OverrideExpiry;
  reconciler: SamplingReconciler;
  outsideChanges: OutsideChanges;
  acceptance: AcceptanceWatch;
  /** Schedules what runs by itself. Returns how to stop it. */
  start(scheduler: SchedulerService): Promise<() => void>;
}

/** Puts the sampling capability together. */
export async function createSampling(
  options: SamplingOptions,
): Promise<Sampling> {
  const { clusters, config, logger, now, store } = options;
  const protocol = createProtocol(options);
  const service = await createService(options, protocol);
  const running = { ...protocol, clusters, store, logger, now };
  const expiry = OverrideExpiry.create(running);
  const outsideChanges = OutsideChanges.create({
    ...running,
    recorder: protocol.outside,
  });
  const reconciler = SamplingReconciler.create(running);
  const acceptance = AcceptanceWatch.create(running);
  const tasks = SamplingTasks.create({
    acceptance,
    expiry,
    outsideChanges,
    reconciler,
    store,
    historyRetentionMs: config.historyRetentionMs,
  });
  return {
    service,
    expiry,
    reconciler,
    outsideChanges,
    acceptance,
    start: scheduler => tasks.start(scheduler),
  };
}

/** What carries changes out, finds out how they ended, and tells of them. */
interface Protocol {
  audit: SamplingAudit;
  announcer: OverrideAnnouncer;
  writer: OverrideWriter;
  outside: OutsideRecorder;
  settler: ChangeSettler;
}

function createProtocol(options: SamplingOptions): Protocol {
  const { auditor, clusters, logger, now, store } = options;
  const audit = SamplingAudit.create({
    auditor: Auditor.create({ auditor, logger }),
  });
  const announcer = OverrideAnnouncer.create(options);
  const outside = OutsideRecorder.create({ store, audit, announcer, now });
  return {
    audit,
    announcer,
    outside,
    writer: OverrideWriter.create({ store, audit }),
    settler: ChangeSettler.create({ store, audit, clusters, outside }),
  };
}

async function createService(
  options: SamplingOptions,
  protocol: Protocol,
): Promise<SamplingService> {
  const { clusters, config, estimator, firstHops, now, owners, store } =
    options;
  const tokens = PreviewTokens.create({
    secret: await store.secret('preview-token'),
  });
  const rateLimit = RateLimit.create({ store, max: config.rateLimit });
  const policies = policiesOf(options);
  const planner = OverridePlanner.create({
    clusters,
    config,
    policies,
    rateLimit,
  });
  const effects = SamplingEffects.create({ estimator, firstHops });
  const changing = { ...protocol, planner, policies, rateLimit, store, tokens };
  return DefaultSamplingService.create({
    config,
    audit: protocol.audit,
    previewLimit: PreviewLimit.create(config.rateLimit),
    history: SamplingHistory.create({ store }),
    previewer: OverridePreviewer.create({
      planner,
      tokens,
      gitOps: config.gitOps,
      estimator,
      owners,
      effects,
    }),
    effects,
    applier: OverrideApplier.create(changing),
    reverter: OverrideReverter.create(changing),
    now,
  });
}

/** The configured guard rails first; all must allow. */
function policiesOf(options: SamplingOptions): SamplingPolicy[] {
  const { clusters, config, policies = [] } = options;
  return [
    ConfiguredSamplingPolicy.create({
      config,
      rootNamespaceOf: name =>
        rootNamespaceOf(clusters.get(name).snapshot().inputs.meshConfig),
    }),
    ...policies,
  ];
}
