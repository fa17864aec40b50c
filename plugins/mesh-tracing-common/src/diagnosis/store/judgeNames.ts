import { listSome } from '../../shared/listSome';
import type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
} from '../model/Diagnosis';
import { rungsOf } from '../model/rungsOf';
import { advice, serviceNamesAnnotation } from './storeMends';
import { storeRungCatalog } from './storeRungCatalog';
import type { TracingServiceName } from '../../meshconfig';
import type { WorkloadRef } from '../../workloads';

/** What is known of the names of a workload in the traces of a store. @public */
export interface NamesFacts {
  store: string;
  atMs: number;
  workload: WorkloadRef;
  /** Names that would be asked for, the likeliest first. */
  asked: Array<{ name: string; reason: string; found: boolean }>;
  /** Whether the entity lists names of its own, which replace all others. */
  isAnnotated: boolean;
  /** Names of the whole entity that the store has: the annotation is for all of it. */
  entityFound: string[];
  /** Names in the store. */
  storedCount: number;
  /** Names of the store that are like one of the asked. */
  near: string[];
  /** Other names under which there are spans that tell that the workload sent them. */
  proven: string[];
  /** Istio's way of naming that makes the first of `proven`, where one does. */
  provenScheme?: TracingServiceName;
}

const rungs = rungsOf(storeRungCatalog);

/** The rung of the names. @public */
export function judgeNames(facts: NamesFacts): DiagnosisRung {
  const found = facts.asked.filter(name => name.found);
  const evidence = evidenceOf(facts);
  const [asked] = facts.asked;
  const [proven] = facts.proven;
  if (found.length > 0) {
    return rungs.good('names', {
      cause: `Trace store ${facts.store} has ${listSome(
        found.map(({ name }) => `'${name}'`),
      )}.`,
      evidence,
    });
  }
  if (proven !== undefined) {
    return rungs.of(
      facts.isAnnotated ? 'names-annotation-wrong' : 'names-other',
      {
        cause: `Spans of this workload are in trace store ${
          facts.store
        } as '${proven}', while ${
          asked ? `'${asked.name}'` : 'no name'
        } would be asked for.`,
        evidence,
        mends: [
          serviceNamesAnnotation([
            ...new Set([...facts.entityFound, ...facts.proven]),
          ]),
          ...schemeMends(facts),
        ],
      },
    );
  }
  const [near] = facts.near;
  if (near !== undefined) {
    return rungs.of('names-near', {
      cause: `None of the names of this workload is in trace store ${facts.store}; '${near}' is.`,
      evidence,
      mends: [
        serviceNamesAnnotation([...new Set([...facts.entityFound, near])]),
      ],
    });
  }
  return rungs.of('names-absent', {
    cause: `None of the names of this workload is in trace store ${facts.store}, nor a similar one: no span of it may have arrived yet.`,
    evidence,
  });
}

/** The rung where the names of a store could not be read. @public */
export function namesUnread(
  why: string,
  atMs: number,
  needs?: string,
): DiagnosisRung {
  return rungs.of('names-unread', {
    cause: 'The names in the trace store could not be read.',
    evidence: [{ source: 'Service names of the trace store', seen: why, atMs }],
    needs,
  });
}

function schemeMends({
  provenScheme,
  isAnnotated,
  workload,
}: NamesFacts): DiagnosisMend[] {
  if (!provenScheme || isAnnotated) {
    return [];
  }
  return [
    {
      kind: 'command',
      what: `Or restart the proxies: they name their spans by ${provenScheme}, which the mesh config no longer says`,
      command: `kubectl -n ${
        workload.namespace
      } rollout restart ${workload.kind.toLowerCase()}/${workload.name}`,
    },
    advice(
      `Or set meshConfig.defaultConfig.tracingServiceName to ${provenScheme}, if that is the name that you want.`,
    ),
  ];
}

function evidenceOf(facts: NamesFacts): DiagnosisEvidence[] {
  const { asked, atMs, near, proven, store, storedCount } = facts;
  const source = `Service names of trace store ${store}`;
  const words = asked.map(
    ({ name, reason, found }) =>
      `'${name}' (${reason}) ${found ? 'exists' : 'does not exist'}`,
  );
  const seen = [
    `The store has ${storedCount} names. ${
      words.length > 0 ? words.slice(0, 6).join('; ') : 'No name is known'
    }.`,
    ...(near.length > 0 ? [`Similar names: ${near.join(', ')}.`] : []),
    ...(proven.length > 0
      ? [`Spans that this workload sent are under: ${proven.join(', ')}.`]
      : []),
  ];
  return seen.map(sentence => ({ source, seen: sentence, atMs }));
}
