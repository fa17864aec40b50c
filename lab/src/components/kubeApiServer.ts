import { join } from 'node:path';
import { KubeApi } from '../kubernetes/KubeApi';
import { PORTS, type LabLayout } from '../layout/LabLayout';
import type { ComponentSpec } from './ComponentSpec';
import { etcdUrl } from './etcd';

/** The address of the lab's Kubernetes API. */
export function apiServerUrl(layout: LabLayout): string {
  return `https://${layout.controlAddress}:${PORTS.apiServer}`;
}

/**
 * A kube-apiserver with RBAC. ServiceAccount admission is off because no
 * controller creates default accounts; token requests work all the same.
 */
export function kubeApiServer(
  layout: LabLayout,
  binary: string,
  stateFolder: string,
): ComponentSpec {
  const certificates = join(stateFolder, 'certificates');
  const issuer = 'https://kubernetes.default.svc';
  return {
    name: 'kube-apiserver',
    command: binary,
    args: [
      `--etcd-servers=${etcdUrl(layout)}`,
      `--bind-address=${layout.controlAddress}`,
      `--secure-port=${PORTS.apiServer}`,
      `--advertise-address=${layout.controlAddress}`,
      '--endpoint-reconciler-type=none',
      `--tls-cert-file=${certificates}/apiserver.crt`,
      `--tls-private-key-file=${certificates}/apiserver.key`,
      `--cert-dir=${certificates}`,
      `--service-account-issuer=${issuer}`,
      `--service-account-key-file=${certificates}/service-account.pub`,
      `--service-account-signing-key-file=${certificates}/service-account.key`,
      `--api-audiences=${issuer},istio-ca`,
      `--token-auth-file=${certificates}/tokens.csv`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--disable-admission-plugins=ServiceAccount',
      '--allow-privileged=true',
      '--anonymous-auth=false',
      '--profiling=false',
      '--v=1',
    ],
    env: {},
    address: apiServerUrl(layout),
    ready: async () => {
      const api = KubeApi.asAdmin(stateFolder);
      try {
        return (await api.request('GET', '/readyz')).status === 200;
      } finally {
        api.close();
      }
    },
  };
}
