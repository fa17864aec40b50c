import type { AlertSubject } from 'backstage-plugin-mesh-tracing-common';
import { istioRelabeling } from '../components/prometheus/istioRelabeling';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { PORTS, type LabLayout } from '../layout/LabLayout';

/** An Envoy takes longer than a second to tell everything on a busy machine. */
const INTERVAL = '2s';

/** Statistics of Envoy's tracers, which Istio's filter of metrics has nothing to do with. */
const OF_TRACERS = 'envoy_tracing_.+';

/** The frontend, as the product knows it. */
export const FRONTEND_SUBJECT: AlertSubject = {
  entityRef: 'component:default/frontend',
  ownerRef: 'group:default/storefront',
  tabUrl:
    'https://portal.example.com/catalog/default/component/frontend/tracing?view=latency',
  measured: {
    services: ['frontend.bookinfo'],
    workloads: [{ namespace: APP_NAMESPACE, name: 'frontend-v1' }],
  },
  workloads: [
    { namespace: APP_NAMESPACE, kind: 'Deployment', name: 'frontend-v1' },
  ],
  tracedNames: [['frontend.bookinfo']],
};

/**
 * Scrapes the Envoys twice: their requests by Istio's names, and the statistics of
 * their tracers with the labels of pods, as Prometheus in a cluster has them.
 */
export function envoyJobs({ sidecars }: LabLayout): object[] {
  const job = (job_name: string, metric_relabel_configs: object[]) => ({
    job_name,
    scrape_interval: INTERVAL,
    scrape_timeout: INTERVAL,
    metrics_path: '/stats/prometheus',
    params: { usedonly: [''] },
    static_configs: sidecars.map(({ name, podAddress }) => ({
      targets: [`${podAddress}:${PORTS.envoyAdmin}`],
      labels: { namespace: APP_NAMESPACE, pod: `${name}-lab0000001-aaaaa` },
    })),
    metric_relabel_configs,
  });
  return [
    job('requests', istioRelabeling()),
    job('tracers', [
      { source_labels: ['__name__'], action: 'keep', regex: OF_TRACERS },
    ]),
  ];
}
