import { describeCodes } from '../model/describeCodes';
import type { DiagnosisDescription } from '../model/DiagnosisDescription';

const traffic = describeCodes('traffic');
const decision = describeCodes('decision');
const exported = describeCodes('export');

/** Every code of the rungs about requests, their decision and the way of spans. @public */
export const trafficRungCatalog = {
  'traffic-none': traffic(
    'broken',
    'No request reached the workload in this window.',
    'Send a request, or look why callers send none.',
  ),
  'traffic-unmeasured': traffic(
    'unknown',
    'No spans were seen, and nothing that counts requests could be read.',
    "Istio's request metrics: prometheus of the trace store, or of the cluster (meshTracing.clusters[].prometheus).",
  ),
  'decision-elsewhere-off': decision(
    'broken',
    'The requests arrive with a decision of a proxy that samples none.',
    'Raise the sampling of the workload where the requests begin.',
  ),
  'decision-elsewhere': decision(
    'doubtful',
    'Most requests arrive with a decision of a proxy whose sampling differs from that of this workload, which therefore has little effect.',
    'Change the sampling of the workload where the requests begin.',
  ),
  'decision-unknown': decision(
    'unknown',
    'Where requests begin could not be told.',
    'A trace of this workload that may be read, or istio_requests_total with the labels source_workload and source_workload_namespace.',
  ),
  'export-not-sent': exported(
    'broken',
    'Requests were to be traced, and the proxies sent no span.',
    'Look into the log of the proxy, and whether it has the cluster of the provider.',
  ),
  'export-dropped': exported(
    'broken',
    'The proxies throw spans away before they are sent, or reports of them fail.',
    'Look whether the collector is slower than the spans come, or refuses them.',
  ),
  'export-unreachable': exported(
    'broken',
    'The proxies cannot connect to the collector.',
    "Look whether the collector runs, and at its Service's port and endpoints.",
  ),
  'export-refused': exported(
    'broken',
    'The collector, or what stands before it, answers the proxies with errors.',
    "Look into the collector's log; check path, credentials and headers of the provider.",
  ),
  'export-collector-refuses': exported(
    'broken',
    'The collector counts spans that it refused.',
    "Look into the collector's log: its memory limit, or what follows in its pipeline, turns spans away.",
  ),
  'export-collector-loses': exported(
    'broken',
    'The collector counts spans that it dropped, or could not hand on.',
    'Look at the store behind it, and at its sending queue.',
  ),
  'export-collector-idle': exported(
    'doubtful',
    'The proxies sent spans, and the collectors that are scraped received none: they go elsewhere, or that collector is not scraped.',
    'Compare service and port of the provider with those of the collector.',
  ),
  'export-unknown': exported(
    'unknown',
    'Neither a span of the workload nor statistics of its proxies could be read.',
    'Statistics of the proxies (proxyStatsMatcher with tracing and the cluster of the provider) in a Prometheus named as prometheus of the cluster.',
  ),
} as const satisfies Record<string, DiagnosisDescription>;

/** A code of `trafficRungCatalog`. @public */
export type TrafficRungCode = keyof typeof trafficRungCatalog;
