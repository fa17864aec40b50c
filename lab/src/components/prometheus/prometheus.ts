import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { PORTS, type LabLayout } from '../../layout/LabLayout';
import { httpGet } from '../../process/httpGet';
import type { ComponentSpec } from '../ComponentSpec';
import { scrapeConfig } from './scrapeConfig';

/** Prometheus' address: query API and UI. */
export function prometheusUrl(layout: LabLayout): string {
  return `http://${layout.prometheusAddress}:${PORTS.prometheus}`;
}

/**
 * File that names the portals to scrape, in the form of file-based discovery; who
 * serves one writes it, and Prometheus sees the change.
 */
export function portalTargetsFile(stateFolder: string): string {
  return join(stateFolder, 'prometheus', 'portals.json');
}

/**
 * Prometheus as the system's package has it, with data in the lab's folder.
 *
 * @param interval - of the scrapes, as Prometheus writes it
 */
export function prometheus(
  layout: LabLayout,
  stateFolder: string,
  interval?: string,
): ComponentSpec {
  const folder = join(stateFolder, 'prometheus');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'prometheus.yml');
  const portals = portalTargetsFile(stateFolder);
  writeFileSync(file, stringify(scrapeConfig(layout, portals, interval)));
  const url = prometheusUrl(layout);
  return {
    name: 'prometheus',
    command: 'prometheus',
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--storage.tsdb.retention.time=1d',
      `--web.listen-address=${layout.prometheusAddress}:${PORTS.prometheus}`,
      '--log.level=warn',
    ],
    env: {},
    address: url,
    ready: async () => (await httpGet(`${url}/-/ready`)).status === 200,
  };
}
