import type { ChangeCause } from './ChangeCause';

/** Causes that the portal puts into words of its own. */
export type WordedCause = Exclude<
  ChangeCause,
  'refused' | 'conflict' | 'left-in-place'
>;

/**
 * What people read of a cause, in the history and as an error. Nothing in this
 * version depends on the words. Replicas of the version before the column `cause`
 * do, while a rollout lasts: `causeMigration.test.ts` holds the words until then.
 */
export const CAUSE_TEXTS: Record<WordedCause, string> = {
  'given-up': 'The portal stopped before this was written; nothing changed',
  overtaken: 'The object was changed by others before this was written',
  repeated: 'Another attempt with the same preview was written',
  'gone-already': 'The override was gone already',
  'seen-later':
    'Given up at first, as nothing was seen of it; the override was gone a little later',
};

/** What a retry is told of a write that another change has replaced since. */
export const OVERWRITTEN_TEXT = 'Written, and changed again since';
