import { errorText } from '../shared/errorText';
import { sanitizeMessage } from '../shared/sanitizeMessage';
import { isTimeUp, SOURCE_LIMIT_MS, type Told } from './within';

/** Why a source told nothing, one sentence fit for a browser. */
export function whyUnread(what: string, told: Told<unknown>): string[] {
  if ('value' in told) {
    return [];
  }
  const { error } = told;
  const isLate = isTimeUp(error);
  return [
    isLate
      ? `${what} did not answer within ${SOURCE_LIMIT_MS / 1_000} s.`
      : `${what}: ${sanitizeMessage(errorText(error))}`,
  ];
}
