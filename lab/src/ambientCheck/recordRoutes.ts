import { writeFileSync } from 'node:fs';
import { ISTIO_VERSION } from '../kubernetes/meshWorkloads';
import { labPath } from '../labPath';
import { NAMESPACE_PREFIX } from './generateAmbient';
import type { AmbientIndex } from './readAmbientz';
import type { ClusterLists } from './readCluster';

const FIXTURE = '../plugins/mesh-tracing-common/fixtures/ambient-routes.json';

interface ListedObject {
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
  };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
}

/** Parts of an object that say something about ways of requests. */
function plain({ metadata, spec = {}, status = {} }: ListedObject): object {
  const { name, namespace, labels } = metadata;
  const { selector, containers, gatewayClassName, listeners } = spec;
  const { hosts, workloadSelector } = spec;
  const { phase, addresses } = status;
  return {
    metadata: { name, namespace, labels },
    spec: {
      selector,
      containers: (containers as object[] | undefined)?.map(container => {
        const { image, args } = container as Record<string, unknown>;
        return { name: (container as { name: string }).name, image, args };
      }),
      gatewayClassName,
      listeners,
      hosts,
      workloadSelector,
    },
    status: { phase, addresses },
  };
}

function isGenerated({ metadata: { name, namespace } }: ListedObject): boolean {
  return (namespace ?? name).startsWith(NAMESPACE_PREFIX);
}

function ofGenerated<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).filter(([key]) => key.startsWith(NAMESPACE_PREFIX)),
  );
}

/** Writes the objects of a run, and what istiod said of them, to the fixtures. */
export function recordRoutes(lists: ClusterLists, index: AmbientIndex): void {
  const objects = Object.fromEntries(
    Object.entries(lists).map(([name, items]) => [
      name,
      (items as ListedObject[])
        .filter(item =>
          name === 'gatewayClasses' ? item.metadata.labels : isGenerated(item),
        )
        .map(plain),
    ]),
  );
  const about = `Which waypoint serves what, as istiod ${ISTIO_VERSION} says of these objects`;
  const istiod = {
    services: ofGenerated(index.services),
    pods: ofGenerated(index.pods),
  };
  writeFileSync(
    labPath(FIXTURE),
    `${JSON.stringify({ about, objects, istiod })}\n`,
  );
}
