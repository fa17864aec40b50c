import {
  KUBERNETES_ANNOTATIONS,
  shortened,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';

/** What a match rule looked for, where it looked, and what it found. */
export interface MatchFacts {
  rule: string;
  value: string;
  workloads: Workload[];
  snapshots: MeshSnapshot[];
  scope?: { namespace: string | undefined; cluster: string | undefined };
  /** Workloads that the annotation names and that do not exist. */
  missing?: string[];
}

/** Missing workloads that are named; of the others only the number is told. */
const MAX_NAMED = 10;

/** One sentence for people about what a rule found, and why if it found nothing. */
export function explainMatch(facts: MatchFacts): string {
  const { rule, workloads, missing = [] } = facts;
  const value = shortened(facts.value);
  const absent = missing.length > 0 ? `; not found: ${firstOf(missing)}` : '';
  if (workloads.length > 0) {
    const pods = workloads.reduce((sum, { pods: own }) => sum + own.length, 0);
    return `Found by ${rule} '${value}': ${count(
      workloads.length,
      'workload',
    )} with ${count(pods, 'pod')}${absent}.`;
  }
  return `${rule} '${value}' matches no workload${where(facts)}${absent}${hint(
    facts,
  )}.`;
}

/** The first names of a list that may be long, and how many more there are. */
function firstOf(names: string[]): string {
  const more = names.length - MAX_NAMED;
  const named = names.slice(0, MAX_NAMED).map(name => shortened(name));
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function where({ scope, snapshots }: MatchFacts): string {
  const namespace = scope?.namespace
    ? ` in namespace '${scope.namespace}'`
    : '';
  if (scope?.cluster) {
    return `${namespace} of cluster '${scope.cluster}'`;
  }
  const clusters = snapshots.map(({ cluster }) => `'${cluster}'`).join(', ');
  return clusters ? `${namespace} of the clusters ${clusters}` : namespace;
}

/** The likeliest reason for finding nothing. */
function hint({ rule, value, scope, snapshots }: MatchFacts): string {
  if (snapshots.length === 0) {
    return '; no cluster is configured';
  }
  if (
    scope?.cluster &&
    !snapshots.some(({ cluster }) => cluster === scope.cluster)
  ) {
    const known = snapshots.map(({ cluster }) => cluster).join(', ');
    return `; no cluster has that name (there are: ${known})`;
  }
  const unread = snapshots
    .filter(({ state }) => state === 'syncing')
    .map(({ cluster }) => `'${cluster}'`);
  if (unread.length > 0) {
    return `; cluster ${unread.join(', ')} has not been read yet`;
  }
  return rule === KUBERNETES_ANNOTATIONS.id
    ? `; pods or their Deployment need the label ${rule}: ${value}`
    : '';
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
