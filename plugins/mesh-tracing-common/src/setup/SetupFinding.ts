import type { FindingSeverity } from '../shared/Finding';
import type { SetupFindingCode } from './setupFindingCatalog';

/** What a piece of evidence tells. Labels of views go by these names. @public */
export type SetupFact =
  | 'sampling-percent'
  | 'suggested-percent'
  | 'requests-per-second'
  | 'spans-per-second'
  | 'traces-per-minute'
  | 'age'
  | 'set-at'
  | 'set-by'
  | 'ends-at'
  | 'source'
  | 'sign'
  | 'error-objective'
  | 'time-between-failures'
  | 'tag'
  | 'shape'
  | 'span-count'
  | 'distinct-values'
  | 'share'
  | 'request-count'
  | 'bytes-per-span'
  | 'bytes-of-tag'
  | 'former-name'
  | 'present-name'
  | 'changed-at'
  | 'range'
  | 'oldest-trace-at'
  | 'names-looked-at';

/** What the value of a piece of evidence is. @public */
export type SetupUnit =
  | 'text'
  | 'count'
  | 'percent'
  | 'per-second'
  | 'per-minute'
  /** Bytes. */
  | 'bytes'
  /** A length of time, milliseconds. */
  | 'duration-ms'
  /** A point in time, milliseconds since the epoch. */
  | 'time-ms';

/** One thing that was seen. Values of tags are never among them. @public */
export interface SetupEvidence {
  fact: SetupFact;
  value: number | string;
  unit: SetupUnit;
}

/** One way to mend it. @public */
export type SetupMend =
  /** For a shell whose kubectl speaks to the cluster. */
  | { kind: 'command'; title: string; text: string }
  | { kind: 'yaml'; title: string; text: string }
  | { kind: 'link'; title: string; href: string }
  /** A view of the entity where it is done. */
  | {
      kind: 'action';
      title: string;
      view: 'sampling' | 'traces';
      /** A percentage that the form may begin with. */
      samplingPercent?: number;
    };

/** Something about a production set-up that somebody should know. @public */
export interface SetupFinding {
  severity: FindingSeverity;
  /** Stable, kebab-case, documented. */
  code: SetupFindingCode;
  /** One sentence: what is the case. */
  what: string;
  /** One sentence: what to do about it. */
  whatToDo: string;
  evidence: SetupEvidence[];
  mends: SetupMend[];
  /** Resources that it is about, `namespace/name`. */
  resources?: string[];
  /** Cluster of these resources. */
  cluster?: string;
}

/** Evidence as `[fact, value, unit]`; without a value there is none. */
export type SeenFact = readonly [
  fact: SetupFact,
  value: number | string | undefined,
  unit: SetupUnit,
];

/** Evidence of what has a value. */
export function evidenceOf(...seen: readonly SeenFact[]): SetupEvidence[] {
  return seen.flatMap(([fact, value, unit]) =>
    value === undefined ? [] : [{ fact, value, unit }],
  );
}
