import {
  isChangeCause,
  outcomeOf,
  type ChangeCause,
} from '../protocol/ChangeCause';
import type { HistoryRow } from './HistoryRow';

type CauseColumns = Pick<
  HistoryRow,
  'kind' | 'outcome' | 'message' | 'cause' | 'last_failure'
>;

/**
 * The sentences by which the version before the column `cause` told causes apart,
 * word for word as that version writes them. They are read here and nowhere else,
 * for rows that replicas of that version write during a rollout; rows from before
 * it were back-filled by the migration. The release after this one fills the
 * column of those rows in a migration of its own, and drops this table.
 */
const FORMER_SENTENCES: ReadonlyMap<string, ChangeCause> = new Map([
  ['The portal stopped before this was written; nothing changed', 'given-up'],
  ['The object was changed by others before this was written', 'overtaken'],
  ['Another attempt with the same preview was written', 'repeated'],
  ['The override was gone already', 'gone-already'],
  [
    'Given up at first, as nothing was seen of it; the override was gone a little later',
    'seen-later',
  ],
]);

/** Told of once already, and of what is not known: no failure is equal to it. */
const UNKNOWN_FAILURE = 'unknown';

/**
 * Why the change of a row ended as it did. A cause that does not go with the outcome
 * is a leftover: a replica that doesn't know the column settled the change anew.
 */
export function causeOf(row: CauseColumns): ChangeCause | undefined {
  return isChangeCause(row.cause) && outcomeOf(row.cause) === row.outcome
    ? row.cause
    : formerCauseOf(row);
}

/** What kept the last attempt of a row's change from being carried out. */
export function lastFailureOf(row: CauseColumns): string | undefined {
  const isAttempted =
    row.kind === 'expire' && row.outcome === 'pending' && row.message !== null;
  return row.last_failure ?? (isAttempted ? UNKNOWN_FAILURE : undefined);
}

function formerCauseOf({
  kind,
  message,
  outcome,
}: CauseColumns): ChangeCause | undefined {
  const cause = message === null ? undefined : FORMER_SENTENCES.get(message);
  if (cause && outcomeOf(cause) === outcome) {
    return cause;
  }
  switch (outcome) {
    case 'failed':
      return 'refused';
    case 'superseded':
      return kind === 'expire' ? 'left-in-place' : 'conflict';
    default:
      return undefined;
  }
}
