import type { LabStatus } from './labStatus';

function row(label: string, value: string): string {
  return `  ${label.padEnd(27)} ${value}`;
}

/** A lab's status for a terminal. */
export function formatStatus(status: LabStatus): string {
  const { endpoints, components } = status;
  if (!endpoints) {
    return `Lab ${status.name}: down. \`yarn lab up\` starts it.`;
  }
  const total = components.reduce(
    (sum, component) => sum + component.residentMebibytes,
    0,
  );
  return [
    `Lab ${status.name}, ${status.profile}: ${status.state}, ${Math.round(
      total,
    )} MiB`,
    ...components.map(({ name, pid, alive, address, residentMebibytes }) =>
      row(
        name,
        `${alive ? 'running' : 'STOPPED'}  ${String(pid ?? '-').padStart(
          7,
        )}  ` + `${residentMebibytes.toFixed(0).padStart(4)} MiB  ${address}`,
      ),
    ),
    row('page, past the gateway', endpoints.frontend),
    row('page, by the gateway', endpoints.gateway),
    row('Jaeger', endpoints.jaegerQuery),
    row('OTLP', `${endpoints.otlpGrpc}  ${endpoints.otlpHttp}`),
    ...(endpoints.production
      ? [
          row('second collector', endpoints.production.collectors[1] ?? ''),
          row('OpenSearch', endpoints.production.storage.join('  ')),
          row('Prometheus', endpoints.production.prometheus),
        ]
      : []),
    row('istiod debug', `${endpoints.istiodDebug}/debug`),
    row('kubeconfig, all rights', endpoints.kubeconfig.admin),
    row('kubeconfig, the portal', endpoints.kubeconfig.portal),
  ].join('\n');
}
