import {
  program,
  programBinary,
  programFolder,
  type Program,
} from '../build/programs';
import { meshWorkloads } from '../kubernetes/meshWorkloads';
import type { LabLayout } from '../layout/LabLayout';
import { bookinfo } from './bookinfo';
import type { ComponentSpec, LabComponentName } from './ComponentSpec';
import { envoy } from './envoy';
import { etcd } from './etcd';
import { istiod } from './istiod';
import { jaeger } from './jaeger/jaeger';
import { jaegerCollector, jaegerQuery } from './jaeger/production';
import { kubeApiServer } from './kubeApiServer';
import { openSearch } from './openSearch';
import { prometheus } from './prometheus/prometheus';
import { storeComponents } from './storeComponents';
import { traffic } from './traffic';

function binary(name: Program['name']): string {
  return programBinary(program(name));
}

/** Names of every proxy's process. */
export function envoyNames(layout: LabLayout): LabComponentName[] {
  return meshWorkloads(layout).map(({ name }) => `envoy-${name}` as const);
}

/** Names of everything that runs in a lab of this profile, in the order of needs. */
export function componentNames(layout: LabLayout): LabComponentName[] {
  const { first, then } = storeComponents(layout);
  return [
    'etcd',
    'kube-apiserver',
    'istiod',
    ...first,
    ...then,
    'bookinfo',
    ...envoyNames(layout),
  ];
}

/** A node of the storage or a collector: the number ends its name. */
function numbered(
  name: string,
  layout: LabLayout,
  stateFolder: string,
): ComponentSpec | undefined {
  const nth = Number(/-(\d)$/.exec(name)?.[1]);
  if (name.startsWith('opensearch-')) {
    const { source } = program('opensearch');
    if (source.kind === 'maven') {
      const folder = programFolder(program('opensearch'));
      const { mainClass } = source;
      return openSearch(layout, { folder, mainClass }, stateFolder, nth);
    }
  }
  return name.startsWith('jaeger-collector-')
    ? jaegerCollector(layout, binary('jaeger'), stateFolder, nth)
    : undefined;
}

function proxy(
  name: string,
  layout: LabLayout,
  stateFolder: string,
): ComponentSpec | undefined {
  const workload = meshWorkloads(layout).find(
    candidate => `envoy-${candidate.name}` === name,
  );
  return workload && envoy(layout, binary('envoy'), stateFolder, workload);
}

/**
 * How to run one component of a lab.
 *
 * @param requestsPerSecond - of the traffic; its default when absent
 * @throws Error for a name that the lab has not
 */
export function labComponent(
  name: string,
  layout: LabLayout,
  stateFolder: string,
  requestsPerSecond?: number,
): ComponentSpec {
  const names = [...componentNames(layout), 'traffic'];
  if (!names.includes(name)) {
    throw new Error(
      `The lab has no component ${name}. It has: ${names.join(', ')}.`,
    );
  }
  switch (name) {
    case 'etcd':
      return etcd(layout, binary('etcd'), stateFolder);
    case 'kube-apiserver':
      return kubeApiServer(layout, binary('kube-apiserver'), stateFolder);
    case 'istiod':
      return istiod(layout, binary('istiod'), stateFolder);
    case 'jaeger':
      return jaeger(layout, binary('jaeger'), stateFolder);
    case 'jaeger-query':
      return jaegerQuery(layout, binary('jaeger'), stateFolder);
    case 'prometheus':
      return prometheus(layout, stateFolder);
    case 'bookinfo':
      return bookinfo(layout);
    case 'traffic':
      return traffic(layout, requestsPerSecond);
    default: {
      const spec =
        numbered(name, layout, stateFolder) ?? proxy(name, layout, stateFolder);
      if (!spec) {
        throw new Error(`Nothing says how to run ${name}.`);
      }
      return spec;
    }
  }
}
