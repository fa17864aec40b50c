import type {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { rootNamespaceOf } from 'backstage-plugin-mesh-tracing-common';
import type { SamplingPolicy } from 'backstage-plugin-mesh-tracing-node';
import type { MeshClusters } from '../clusters/MeshClusters';
import { AcceptanceWatch } from './AcceptanceWatch';
import { ChangeSettler } from './ChangeSettler';
import { ConfiguredSamplingPolicy } from './ConfiguredSamplingPolicy';
import { DefaultSamplingService } from './DefaultSamplingService';
import { OutsideChanges } from './OutsideChanges';
import { OverrideAnnouncer } from './OverrideAnnouncer';
import { OverrideApplier } from './OverrideApplier';
import { OverrideExpiry } from './OverrideExpiry';
import { OverridePlanner } from './OverridePlanner';
import { OverridePreviewer } from './OverridePreviewer';
import { OverrideReverter } from './OverrideReverter';
import { OverrideWriter } from './OverrideWriter';
import { PreviewLimit } from './PreviewLimit';
import { PreviewTokens } from './PreviewTokens';
import { RateLimit } from './RateLimit';
import type { RequestRateEstimator } from './RequestRateEstimator';
import type { SamplingConfig } from './SamplingConfig';
import { SamplingEffects } from './SamplingEffects';
import type { FirstHopEntities } from './FirstHopEntities';
import { SamplingAudit } from './SamplingAudit';
import { SamplingHistory } from './SamplingHistory';
import { SamplingReconciler } from './SamplingReconciler';
import type { SamplingService } from './SamplingService';
import type { SamplingStore } from './SamplingStore';
import { SamplingTasks } from './SamplingTasks';
import type { WorkloadOwners } from './WorkloadOwners';

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
  const audit = SamplingAudit.create({ auditor, logger });
  const writer = OverrideWriter.create({ store, audit });
  const running = { audit, clusters, store, announcer, logger, now };
  const outsideChanges = OutsideChanges.create(running);
  const settler = ChangeSettler.create({ ...running, outsideChanges });
  const changing = {
    planner,
    tokens,
    store,
    settler,
    audit,
    rateLimit,
    writer,
    announcer,
    outsideChanges,
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
  const expiry = OverrideExpiry.create({ ...running, writer, outsideChanges });
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
