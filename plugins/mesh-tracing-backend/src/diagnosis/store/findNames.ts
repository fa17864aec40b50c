import {
  ANNOTATION_SERVICE_NAMES,
  nearNames,
  traceServiceNameCandidates,
  type NamesFacts,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import {
  listedServiceNames,
  namedEntity,
  type TraceServiceNames,
} from '../../workloads';
import type { ReadableContext } from '../readableContext';

/** Other names that are looked through for spans of the workload. */
const MOST_LOOKED_THROUGH = 8;

/** The names of a workload, as they stand against those of a store. */
export interface FoundNames
  extends Pick<
    NamesFacts,
    'asked' | 'entityFound' | 'isAnnotated' | 'near' | 'storedCount'
  > {
  /** Names of its own that the store has. */
  own: string[];
  /** With those of waypoints before it. */
  searched: string[];
  /** Others, under which its spans may be, the likeliest first. */
  others: string[];
}

/** Compares the names of a workload with those of a store. */
export function findNames(
  names: Pick<TraceServiceNames, 'candidates'>,
  { ofEntity, ofWorkload }: ReadableContext,
  workload: Workload,
  services: readonly string[],
): FoundNames {
  const stored = new Set(services);
  const candidates = names.candidates(namedEntity(ofWorkload));
  const asked = candidates.map(({ name, reason }) => ({
    name,
    reason,
    found: stored.has(name),
  }));
  const computed = traceServiceNameCandidates(
    workload,
    ofWorkload.snapshots.find(({ cluster }) => cluster === workload.cluster)
      ?.inputs.meshConfig,
  ).map(({ name }) => name);
  const isAsked = new Set(asked.map(({ name }) => name));
  const rest = services.filter(name => !isAsked.has(name));
  const wanted = [...new Set([...isAsked, ...computed])];
  const near = nearNames(wanted, rest);
  const ofNamespace = rest.filter(name =>
    name.endsWith(`.${workload.namespace}`),
  );
  return {
    asked,
    isAnnotated: listedServiceNames(ofEntity.entity).some(
      ({ annotation }) => annotation === ANNOTATION_SERVICE_NAMES,
    ),
    entityFound: names
      .candidates(namedEntity(ofEntity))
      .filter(({ name, shared }) => !shared && stored.has(name))
      .map(({ name }) => name),
    storedCount: services.length,
    near,
    own: candidates
      .filter(({ name, shared }) => !shared && stored.has(name))
      .map(({ name }) => name),
    searched: asked.filter(({ found }) => found).map(({ name }) => name),
    others: [...new Set([...near, ...ofNamespace, ...rest])].slice(
      0,
      MOST_LOOKED_THROUGH,
    ),
  };
}
