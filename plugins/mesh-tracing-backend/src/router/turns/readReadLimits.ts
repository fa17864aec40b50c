import { InputError } from '@backstage/errors';
import type { Config } from '@backstage/config';

/** How much one user, and all users, may read at once. */
export interface ReadLimits {
  /** Reads of traces under way for one user. */
  perUser: number;
  /** Reads of traces under way for all users together. */
  total: number;
  /** Reads of one user that wait for their turn. */
  waitingPerUser: number;
}

const ROOT = 'meshTracing.reads';
const MOST = 10_000;

/**
 * Reads `meshTracing.reads`.
 *
 * @throws InputError with the path of the wrong value and what it should be.
 */
export function readReadLimits(config: Config): ReadLimits {
  const limits = {
    perUser: wholeNumber(config, 'perUser', 4),
    total: wholeNumber(config, 'total', 16),
    waitingPerUser: wholeNumber(config, 'waitingPerUser', 100),
  };
  if (limits.perUser > limits.total) {
    throw new InputError(
      `${ROOT}.perUser is ${limits.perUser} and ${ROOT}.total ${limits.total}; one user can't have more than all users together`,
    );
  }
  return limits;
}

function wholeNumber(config: Config, key: string, fallback: number): number {
  const value = config.getOptionalNumber(`${ROOT}.${key}`) ?? fallback;
  if (!Number.isInteger(value) || value < 1 || value > MOST) {
    throw new InputError(
      `${ROOT}.${key} is ${value}; it must be a whole number from 1 to ${MOST}`,
    );
  }
  return value;
}
