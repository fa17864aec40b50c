import type { TraceStoreStatus } from 'backstage-plugin-mesh-tracing-node';
import { errorText } from '../../shared/errorText';
import { isStoreError } from './StoreError';

const WHAT_TO_DO = 'Look into the log of the trace store';

/** The status of a store that failed to answer: what is wrong, and what to do. */
export function statusOfFailure(error: unknown): TraceStoreStatus {
  if (isStoreError(error)) {
    const { summary: message, advice: whatToDo = WHAT_TO_DO } = error;
    return { reachable: false, message, whatToDo, problem: error.problem };
  }
  return {
    reachable: false,
    message: errorText(error),
    whatToDo: WHAT_TO_DO,
  };
}
