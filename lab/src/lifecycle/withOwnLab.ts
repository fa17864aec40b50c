import { labStatus } from './labStatus';
import { stopLab } from './stopLab';

/**
 * For who starts a lab, changes it in ways that nobody else would want, and removes
 * it in the end.
 *
 * @throws Error when a lab of that name is there already
 */
export function requireNoLab(name: string): void {
  if (labStatus(name).state !== 'down') {
    throw new Error(`The lab ${name} is there already: choose another name.`);
  }
}

/**
 * Does work that starts a lab of its own, which is stopped whatever comes of it.
 *
 * @throws as {@link requireNoLab}; what the work throws
 */
export async function withOwnLab(
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  requireNoLab(name);
  try {
    await work();
  } finally {
    await stopLab(name);
  }
}
