import { KUBERNETES_HOST, ownerOfParty, type MeshParty } from '../traces';
import type { DependencyNode } from './model';

/** A party to be given a node, and what its own spans call it. */
export interface NodeParty {
  party: MeshParty;
  /** Trace service name of spans that it sent; absent = none of its own. */
  service?: string;
  isSubject: boolean;
}

/**
 * Nodes by id, in order of appearance. One workload is one node, however its
 * pods are called: its canonical service and revision name it, and the names of
 * its pods only where no span carries those. Workloads that are and are not of
 * the subject never share a node.
 */
export class NodeIndex {
  readonly nodes: DependencyNode[] = [];
  readonly #byId = new Map<string, number>();
  /** Nodes of workloads by what names them. */
  readonly #byKey = new Map<string, number>();
  /** Nodes of workloads by what may lead to them; -1 = several. */
  readonly #byHint = new Map<string, number>();
  /** Nodes whose name is what spans of their own say. */
  readonly #named = new Set<number>();
  /** Nodes whose pods' names point to more than one owner. */
  readonly #mixed = new Set<number>();

  /**
   * Nodes of many parties, in their order. Those that say most of themselves are
   * looked at first, so that the others find them whatever the order of spans.
   */
  workloads(parties: NodeParty[]): number[] {
    const found = new Array<number>(parties.length).fill(-1);
    for (let vagueness = 0; vagueness <= 2; vagueness++) {
      parties.forEach((one, at) => {
        if (vaguenessOf(one.party) === vagueness) {
          found[at] = this.#workload(one);
        }
      });
    }
    return found;
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

  #workload({ party, service, isSubject }: NodeParty): number {
    const scope = `${party.clusterId ?? ''}/${party.namespace}/`;
    const side = `${isSubject ? 'own' : 'other'} ${scope}`;
    const key = side + keyOf(party);
    const index =
      this.#byKey.get(key) ??
      this.#hinted(side, party) ??
      this.#create(party, scope, isSubject);
    this.#byKey.set(key, index);
    for (const hint of Object.values(hintsOf(party))) {
      const other = this.#byHint.get(side + hint) ?? index;
      this.#byHint.set(side + hint, other === index ? index : -1);
    }
    this.#describe(index, party, service);
    return index;
  }

  /** The node of a party that says too little of itself to have its own. */
  #hinted(side: string, party: MeshParty): number | undefined {
    const { pod, service, owner } = hintsOf(party);
    const vagueness = vaguenessOf(party);
    return (vagueness === 0 ? [] : [pod, vagueness === 1 ? service : owner])
      .map(hint => (hint ? this.#byHint.get(side + hint) ?? -1 : -1))
      .find(node => node >= 0);
  }

  #create(party: MeshParty, scope: string, isSubject: boolean): number {
    const { canonicalService, canonicalRevision } = party;
    const owner = ownerOfParty(party);
    const name = canonicalService ?? owner ?? '';
    const isVersion = canonicalService && canonicalRevision;
    const id = this.#free(
      `workload:${scope}${isVersion ? `${name}@${canonicalRevision}` : name}`,
    );
    return this.#at(id, () => ({
      id,
      kind: 'workload',
      name: `${name}.${party.namespace}`,
      ...(isSubject ? { isSubject } : {}),
      workload: {
        ...(party.clusterId ? { clusterId: party.clusterId } : {}),
        namespace: party.namespace,
        canonicalName: name,
        ...(isVersion ? { canonicalRevision } : {}),
        ...(owner ? { name: owner } : {}),
      },
    }));
  }

  #describe(
    index: number,
    party: MeshParty,
    service: string | undefined,
  ): void {
    const node = this.nodes[index] as DependencyNode;
    // Of several names the first by alphabet, so that the order does not matter.
    if (service && (!this.#named.has(index) || service < node.name)) {
      node.name = service;
      this.#named.add(index);
    }
    const owner = ownerOfParty(party);
    const { workload } = node;
    if (!workload || !owner || this.#mixed.has(index)) {
      return;
    }
    if (workload.name !== undefined && workload.name !== owner) {
      delete workload.name;
      this.#mixed.add(index);
    } else {
      workload.name = owner;
    }
  }

  #free(id: string): string {
    let free = id;
    for (let number = 2; this.#byId.has(free); number++) {
      free = `${id}#${number}`;
    }
    return free;
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

/** 0: canonical service and revision; 1: the service alone; 2: neither. */
function vaguenessOf({ canonicalService, canonicalRevision }: MeshParty) {
  if (!canonicalService) {
    return 2;
  }
  return canonicalRevision ? 0 : 1;
}

function keyOf(party: MeshParty): string {
  const { canonicalService, canonicalRevision } = party;
  return canonicalService
    ? `service ${canonicalService} ${canonicalRevision ?? ''}`
    : `owner ${ownerOfParty(party) ?? ''}`;
}

/** What leads from a party that says little to the node of one that says more. */
function hintsOf(party: MeshParty) {
  const { canonicalService, pod } = party;
  const owner = ownerOfParty(party);
  return {
    ...(pod ? { pod: `pod ${pod}` } : {}),
    ...(canonicalService ? { service: `service ${canonicalService}` } : {}),
    ...(owner ? { owner: `owner ${owner}` } : {}),
  };
}
