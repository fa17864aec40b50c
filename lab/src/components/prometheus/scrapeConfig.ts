import { meshWorkloads } from '../../kubernetes/meshWorkloads';
import { PORTS, type LabLayout } from '../../layout/LabLayout';
import { istioRelabeling } from './istioRelabeling';

/** Often, since people wait: a mesh of its size would be scraped every 15 s. */
const INTERVAL = '2s';

interface Target {
  targets: string[];
  labels?: Record<string, string>;
}

function targets(hosts: string[], port: number): Target[] {
  return [{ targets: hosts.map(host => `${host}:${port}`) }];
}

/**
 * What Prometheus scrapes: the Envoys, istiod, each part of Jaeger about itself,
 * the collectors about the spans, and the portals named in a file.
 */
export function scrapeConfig(
  layout: LabLayout,
  portalsFile: string,
  interval = INTERVAL,
): object {
  const { collectorAddresses, controlAddress, jaegerAddress } = layout;
  return {
    global: { scrape_interval: interval, scrape_timeout: interval },
    scrape_configs: [
      {
        job_name: 'envoy',
        metrics_path: '/stats/prometheus',
        params: { usedonly: [''] },
        static_configs: meshWorkloads(layout).map(
          ({ name, podAddress }): Target => ({
            targets: [`${podAddress}:${PORTS.envoyAdmin}`],
            labels: { proxy: name },
          }),
        ),
        metric_relabel_configs: istioRelabeling(),
      },
      {
        job_name: 'istiod',
        static_configs: targets([controlAddress], PORTS.istiodMetrics),
      },
      {
        job_name: 'jaeger',
        static_configs: targets(
          [...collectorAddresses, jaegerAddress],
          PORTS.jaegerMetrics,
        ),
      },
      {
        job_name: 'span-metrics',
        static_configs: targets(collectorAddresses, PORTS.spanMetrics),
      },
      {
        job_name: 'portal',
        file_sd_configs: [{ files: [portalsFile], refresh_interval: '2s' }],
      },
    ],
  };
}
