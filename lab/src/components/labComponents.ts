import { program, programBinary, type Program } from '../build/programs';
import { meshWorkloads } from '../kubernetes/meshWorkloads';
import type { LabLayout } from '../layout/LabLayout';
import { bookinfo } from './bookinfo';
import type { ComponentSpec, LabComponentName } from './ComponentSpec';
import { envoy } from './envoy';
import { etcd } from './etcd';
import { istiod } from './istiod';
import { jaeger } from './jaeger';
import { kubeApiServer } from './kubeApiServer';
import { traffic } from './traffic';

function binary(name: Program['name']): string {
  return programBinary(program(name));
}

/** Names of every proxy's process. */
export function envoyNames(layout: LabLayout): LabComponentName[] {
  return meshWorkloads(layout).map(({ name }) => `envoy-${name}` as const);
}

/**
 * How to run one component of a lab.
 *
 * @throws Error for a name that the lab has not
 */
export function labComponent(
  name: string,
  layout: LabLayout,
  stateFolder: string,
): ComponentSpec {
  switch (name) {
    case 'etcd':
      return etcd(layout, binary('etcd'), stateFolder);
    case 'kube-apiserver':
      return kubeApiServer(layout, binary('kube-apiserver'), stateFolder);
    case 'istiod':
      return istiod(layout, binary('istiod'), stateFolder);
    case 'jaeger':
      return jaeger(layout, binary('jaeger'), stateFolder);
    case 'bookinfo':
      return bookinfo(layout);
    case 'traffic':
      return traffic(layout);
    default: {
      const workload = meshWorkloads(layout).find(
        candidate => `envoy-${candidate.name}` === name,
      );
      if (!workload) {
        throw new Error(
          `The lab has no component ${name}. It has: etcd, kube-apiserver, ` +
            `istiod, jaeger, bookinfo, traffic, ${envoyNames(layout).join(
              ', ',
            )}.`,
        );
      }
      return envoy(layout, binary('envoy'), stateFolder, workload);
    }
  }
}
