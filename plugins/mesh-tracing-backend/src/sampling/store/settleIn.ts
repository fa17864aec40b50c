import type { Knex } from 'knex';
import { CAUSE_TEXTS, OVERWRITTEN_TEXT } from '../protocol/causeTexts';
import { outcomeOf, type ChangeCause } from '../protocol/ChangeCause';
import { removalKey } from '../protocol/claimKeys';
import type { Removed, Settlement } from '../protocol/Settlement';
import type { StoredError } from '../protocol/StoredError';
import type { HistoryRow } from './HistoryRow';
import type { RequestRow } from './samplingRows';
import { HISTORY, REQUESTS, claimIn, remember } from './samplingTables';

/** Undefined columns stay as they are. */
type Ending = Pick<
  HistoryRow,
  'outcome' | 'cause' | 'message' | 'last_failure'
> & { uid?: string; content?: string };

/** Without a word: the outcome says it all. */
const SUCCEEDED: Ending = {
  outcome: 'succeeded',
  cause: null,
  message: null,
  last_failure: null,
};

type Answer = Pick<RequestRow, 'response' | 'error_name' | 'error_message'>;

/**
 * Stores how a change ended, in the history, for retries of its request, and in what
 * is remembered. False when it was ended already.
 *
 * @param tx - a transaction
 */
export async function settleIn(
  tx: Knex,
  id: string,
  settlement: Settlement,
): Promise<boolean> {
  const isFirst =
    !isRemoved(settlement) ||
    (await claimIn(tx, removalKey(settlement.object), id, Date.now()));
  const count = await tx<HistoryRow>(HISTORY)
    .where({ id })
    .whereIn('outcome', endable(settlement))
    .update(
      isFirst
        ? endingOf(settlement)
        : explained('gone-already', CAUSE_TEXTS['gone-already']),
    );
  if (count === 0) {
    return false;
  }
  await tx<RequestRow>(REQUESTS)
    .where({ history_id: id })
    .update(answerOf(settlement));
  await remember(tx, {
    ...(isRemoved(settlement) && { forget: settlement.object }),
    ...('put' in settlement && { put: settlement.put }),
  });
  return true;
}

function isRemoved(settlement: Settlement): settlement is Removed {
  return settlement.outcome === 'succeeded' && settlement.how === 'removed';
}

/** Outcomes that a settlement may end: what was seen outweighs what was concluded. */
function endable(settlement: Settlement): string[] {
  return 'witnessed' in settlement && settlement.witnessed
    ? ['pending', 'failed', 'superseded']
    : ['pending'];
}

function endingOf(settlement: Settlement): Ending {
  if (settlement.outcome !== 'succeeded') {
    return 'error' in settlement
      ? explained(settlement.cause, settlement.error.message)
      : explained(settlement.cause, CAUSE_TEXTS[settlement.cause]);
  }
  switch (settlement.how) {
    case 'written':
      return {
        ...SUCCEEDED,
        uid: settlement.uid,
        content: settlement.content,
      };
    case 'overwritten':
      return { ...SUCCEEDED, uid: settlement.uid };
    default:
      return settlement.cause
        ? explained(settlement.cause, CAUSE_TEXTS[settlement.cause])
        : SUCCEEDED;
  }
}

function explained(cause: ChangeCause, message: string): Ending {
  return { outcome: outcomeOf(cause), cause, message, last_failure: null };
}

function answerOf(settlement: Settlement): Answer {
  const error = errorOf(settlement);
  return {
    response:
      'response' in settlement ? JSON.stringify(settlement.response) : null,
    error_name: error?.name ?? null,
    error_message: error?.message ?? null,
  };
}

/** What a retry of the request is refused with. */
function errorOf(settlement: Settlement): StoredError | undefined {
  if ('error' in settlement) {
    return settlement.error;
  }
  if (settlement.outcome !== 'succeeded') {
    return conflict(CAUSE_TEXTS[settlement.cause]);
  }
  return settlement.how === 'overwritten'
    ? conflict(OVERWRITTEN_TEXT)
    : undefined;
}

function conflict(message: string): StoredError {
  return { name: 'ConflictError', message };
}
