import { join } from 'node:path';
import { PORTS, type LabLayout } from '../layout/LabLayout';
import { httpGet } from '../process/httpGet';
import type { ComponentSpec } from './ComponentSpec';

/** The client address of the lab's etcd. */
export function etcdUrl(layout: LabLayout): string {
  return `http://${layout.controlAddress}:${PORTS.etcdClient}`;
}

/**
 * etcd for a throw-away cluster: no fsync, and an election that does not cost
 * the second that the default time-out takes at every start.
 */
export function etcd(
  layout: LabLayout,
  binary: string,
  stateFolder: string,
): ComponentSpec {
  const client = etcdUrl(layout);
  const peer = `http://${layout.controlAddress}:${PORTS.etcdPeer}`;
  return {
    name: 'etcd',
    command: binary,
    args: [
      '--name=lab',
      `--data-dir=${join(stateFolder, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=lab=${peer}`,
      '--unsafe-no-fsync',
      '--heartbeat-interval=10',
      '--election-timeout=100',
      '--log-level=warn',
    ],
    env: {},
    address: client,
    ready: async () =>
      (await httpGet(`${client}/health`)).body.includes('true'),
  };
}
