import type { HistoryEntry } from 'backstage-plugin-mesh-tracing-common';

/** Each cause, and the outcome that it explains. */
const OUTCOMES = {
  /** Given up: of the write nothing was seen, and the object is as it was. */
  'given-up': 'failed',
  /** Given up: of the write nothing was seen, and the object is another's by now. */
  overtaken: 'superseded',
  /** Another attempt with the same preview was written. */
  repeated: 'superseded',
  /** The API server refused the write. */
  refused: 'failed',
  /** The API server refused the write, since the object had changed. */
  conflict: 'superseded',
  /** Another removal of the same object is recorded already. */
  'gone-already': 'superseded',
  /** The end passed and the object stays: a GitOps tool would bring it back. */
  'left-in-place': 'superseded',
  /** Given up at first; then the object turned out to be gone. */
  'seen-later': 'succeeded',
} as const satisfies Record<string, HistoryEntry['outcome']>;

/** Why a change of the portal's ended as it did. Stored: never rename one. */
export type ChangeCause = keyof typeof OUTCOMES;

/** Every cause there is. */
export const CHANGE_CAUSES = Object.keys(OUTCOMES) as ChangeCause[];

/** The outcome of a change that ended by that cause. */
export function outcomeOf<C extends ChangeCause>(
  cause: C,
): (typeof OUTCOMES)[C] {
  return OUTCOMES[cause];
}

/** Whether a stored text is a cause. */
export function isChangeCause(text: string | null): text is ChangeCause {
  return text !== null && Object.hasOwn(OUTCOMES, text);
}

/**
 * Whether a change was held for not written without its write having been seen.
 * Where the API server refused the write, that is certain.
 */
export function isGuessed({ cause }: { cause?: ChangeCause }): boolean {
  return cause === 'given-up' || cause === 'overtaken';
}
