import { program, programBinary } from '../build/programs';
import { run } from '../build/run';
import { INDEX_PREFIX } from '../components/jaeger/production';
import { labPaths } from './LabState';
import { labStatus } from './labStatus';

/**
 * Runs Jaeger's own index cleaner, as a scheduled job would once a day. It goes by
 * the date on which an index was made, not by the date in its name.
 *
 * @throws Error for a lab without such a storage
 * @public
 */
export async function removeOldIndices(
  days: number,
  name = 'default',
): Promise<void> {
  const [node] = labStatus(name).endpoints?.production?.storage ?? [];
  if (!node) {
    throw new Error(
      `The lab ${name} keeps no indices: it is down or has another profile.`,
    );
  }
  await run(
    programBinary(program('es-index-cleaner')),
    [String(days), node, `--index-prefix=${INDEX_PREFIX}`],
    { cwd: labPaths(name).folder },
  );
}
