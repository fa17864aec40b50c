import { Script, createContext } from 'node:vm';
import { pumpsOf, type Pump } from './pumpedInputs';

/** So many starts make quadratic work of half a billion steps. */
const REPEATS = 30_000;
/** About as long as the body of a request may be. */
const MAX_LENGTH = 200_000;
/**
 * Generous for work that is linear, which takes a few milliseconds, and far
 * below what is quadratic at this length.
 */
const LIMIT_MS = 200;

const script = new Script('run()');
const sandbox = { run: (): unknown => undefined };
const context = createContext(sandbox);

/** Whether a pattern searches a whole text in time; what takes longer is stopped. */
function isInTime(pattern: RegExp, text: string): boolean {
  sandbox.run = () => text.replace(pattern, '');
  try {
    script.runInContext(context, { timeout: LIMIT_MS });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      return false;
    }
    throw error;
  }
}

/**
 * The first input, pumped from the pattern's own structure, that keeps it busy;
 * undefined for a pattern whose time is linear. What is slow once may be the
 * machine's fault, so it is tried again.
 */
export function slowInput(pattern: RegExp): Pump | undefined {
  return pumpsOf(pattern).find(({ before, pump, after }) => {
    const times = Math.min(REPEATS, Math.ceil(MAX_LENGTH / pump.length));
    const text = before + pump.repeat(times) + after;
    return [1, 2, 3].every(() => !isInTime(pattern, text));
  });
}
