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
  /** Besides the configured guard rails; all must allow. */
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
  const { auditor, clusters, config, logger, now, store } = options;
  const tokens = PreviewTokens.create({
    secret: await store.secret('preview-token'),
  });
  const rateLimit = RateLimit.create({ store, max: config.rateLimit });
  const policies: SamplingPolicy[] = [
    ConfiguredSamplingPolicy.create({
      config,
      rootNamespaceOf: name =>
        rootNamespaceOf(clusters.get(name).snapshot().inputs.meshConfig),
    }),
    ...(options.policies ?? []),
  ];
  const planner = OverridePlanner.create({
    clusters,
    config,
    policies,
    rateLimit,
  });
  const announcer = OverrideAnnouncer.create(options);
  const audit = SamplingAudit.create({
    auditor: Auditor.create({ auditor, logger }),
  });
  const writer = OverrideWriter.create({ store, audit });
  const running = { audit, clusters, store, announcer, logger, now };
  const outside = OutsideRecorder.create(running);
  const outsideChanges = OutsideChanges.create({
    ...running,
    recorder: outside,
  });
  const settler = ChangeSettler.create({ ...running, outside });
  const changing = {
    planner,
    tokens,
    store,
    settler,
    audit,
    rateLimit,
    writer,
    announcer,
    outside,
  };
  const effects = SamplingEffects.create({
    estimator: options.estimator,
    firstHops: options.firstHops,
  });
  const service = DefaultSamplingService.create({
    config,
    audit,
    previewLimit: PreviewLimit.create(config.rateLimit),
    history: SamplingHistory.create({ store }),
    previewer: OverridePreviewer.create({
      planner,
      tokens,
      gitOps: config.gitOps,
      estimator: options.estimator,
      owners: options.owners,
      effects,
    }),
    effects,
    applier: OverrideApplier.create(changing),
    reverter: OverrideReverter.create({ ...changing, policies }),
    now,
  });
  const expiry = OverrideExpiry.create({ ...running, writer, outside });
  const reconciler = SamplingReconciler.create({ ...running, settler });
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
