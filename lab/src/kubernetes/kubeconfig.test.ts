import { KubeConfig } from '@kubernetes/client-node';
import { readKubeconfig, writeKubeconfig } from './kubeconfig';

const access = {
  server: 'https://127.93.7.1:6443',
  certificateAuthority: '-----BEGIN CERTIFICATE-----\nabc\n',
  token: 'a-token',
};

describe('writeKubeconfig', () => {
  it('is read back as it was', () => {
    expect(readKubeconfig(writeKubeconfig('portal', access))).toEqual(access);
  });

  it('is what a Kubernetes client expects', () => {
    const config = new KubeConfig();
    config.loadFromString(writeKubeconfig('portal', access));

    expect(config.getCurrentCluster()?.server).toBe(access.server);
    expect(config.getCurrentUser()).toMatchObject({
      name: 'portal',
      token: access.token,
    });
  });
});
