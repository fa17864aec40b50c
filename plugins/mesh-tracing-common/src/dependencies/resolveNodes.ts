import { ownerOfPod, type MeshIdentity } from '../traces/meshIdentity';
import type { SpanForest } from '../traces/SpanForest';
import { SPAN_KINDS } from '../traces/spanKind';
import type { Sender, SpanTable } from '../traces/SpanTable';
import type { DependencyNode } from './model';

const SERVER = SPAN_KINDS.indexOf('server');
const CLIENT = SPAN_KINDS.indexOf('client');

/** `<service>.<namespace>.svc.<cluster domain>`, as Kubernetes names Services. */
const KUBERNETES_HOST = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/;

/** The nodes of a set of traces, and which spans are of which node. */
export interface ResolvedNodes {
  nodes: DependencyNode[];
  nodeOf: Int32Array;
}

/** Nodes by id, in order of appearance. */
export class NodeIndex {
  readonly nodes: DependencyNode[] = [];
  readonly #byId = new Map<string, number>();

  workload(identity: MeshIdentity, service: string): number {
    const { pod, namespace = '', canonicalService, clusterId } = identity;
    const owner = pod === undefined ? undefined : ownerOfPod(pod) ?? pod;
    const name = owner ?? canonicalService ?? '';
    const id = `workload:${clusterId ?? ''}/${namespace}/${name}`;
    const index = this.#at(id, () => ({
      id,
      kind: 'workload',
      name: service,
      workload: {
        ...(clusterId ? { clusterId } : {}),
        namespace,
        canonicalName: canonicalService ?? name,
        ...(owner ? { name: owner } : {}),
      },
    }));
    const node = this.nodes[index] as DependencyNode;
    // Of several names the first by alphabet, so that the order does not matter.
    if (service < node.name) {
      node.name = service;
    }
    if (canonicalService && node.workload) {
      const { canonicalName } = node.workload;
      if (canonicalName === name || canonicalService < canonicalName) {
        node.workload.canonicalName = canonicalService;
      }
    }
    return index;
  }

  service(name: string): number {
    const id = `service:${name}`;
    return this.#at(id, () => ({ id, kind: 'service', name }));
  }

  /**
   * What a call that no span answers went to: a service of that name with spans
   * of its own; for the host of a Kubernetes Service its workload, if there is
   * just one, else the service (such calls failed before they arrived, or their
   * spans are still under way); all else is outside.
   */
  peer(name: string): number {
    const known = this.#byId.get(`service:${name}`);
    if (known !== undefined) {
      return known;
    }
    const [, service, namespace] = KUBERNETES_HOST.exec(name) ?? [];
    if (service === undefined || namespace === undefined) {
      const id = `external:${name}`;
      return this.#at(id, () => ({ id, kind: 'external', name }));
    }
    const [workload, ...others] = this.nodes.filter(
      node =>
        node.workload?.canonicalName === service &&
        node.workload.namespace === namespace,
    );
    return workload && others.length === 0
      ? (this.#byId.get(workload.id) as number)
      : this.service(`${service}.${namespace}`);
  }

  #at(id: string, create: () => DependencyNode): number {
    let index = this.#byId.get(id);
    if (index === undefined) {
      index = this.nodes.length;
      this.nodes.push(create());
      this.#byId.set(id, index);
    }
    return index;
  }
}

/**
 * Tells which node each span is of. A span with mesh identity is of its workload.
 * The spans of an application behind a sidecar carry no identity; they are of
 * the workload whose sidecar handed them the request (the parent is its server
 * span) or sent their call (a child is its client span), and so are the
 * spans of the same service next to them: also a gateway's client spans,
 * which Envoy sends without `node_id`. All others are of their service.
 */
export function resolveNodes(
  table: SpanTable,
  forest: SpanForest,
  index: NodeIndex,
): Int32Array {
  const { senders, senderOf, kinds } = table;
  const nodeOf = new Int32Array(senderOf.length).fill(-1);
  const workloadOf = senders.map(sender =>
    sender.identity
      ? index.workload(
          sender.identity,
          table.services[sender.service] as string,
        )
      : -1,
  );
  const isSidecar = senders.map(sender => sender.identity?.proxy === 'sidecar');
  const serviceOf = (span: number) =>
    (senders[senderOf[span] as number] as Sender).service;
  for (let i = 0; i < nodeOf.length; i++) {
    nodeOf[i] = workloadOf[senderOf[i] as number] as number;
  }
  for (let at = forest.preorder.length - 1; at >= 0; at--) {
    const span = forest.preorder[at] as number;
    const parent = forest.parents[span] as number;
    const node = nodeOf[span] as number;
    if (parent >= 0 && node >= 0 && nodeOf[parent] === -1) {
      const sender = senderOf[span] as number;
      const sentByProxy = isSidecar[sender] && kinds[span] === CLIENT;
      const sameApplication =
        workloadOf[sender] === -1 && serviceOf(span) === serviceOf(parent);
      if (sentByProxy || sameApplication) {
        nodeOf[parent] = node;
      }
    }
  }
  for (const span of forest.preorder) {
    if (nodeOf[span] === -1) {
      const parent = forest.parents[span] as number;
      const sender = parent < 0 ? -1 : (senderOf[parent] as number);
      const receivedByProxy =
        parent >= 0 && isSidecar[sender] === true && kinds[parent] === SERVER;
      const sameApplication =
        parent >= 0 && serviceOf(parent) === serviceOf(span);
      nodeOf[span] =
        receivedByProxy || sameApplication
          ? (nodeOf[parent] as number)
          : index.service(table.services[serviceOf(span)] as string);
    }
  }
  return nodeOf;
}
