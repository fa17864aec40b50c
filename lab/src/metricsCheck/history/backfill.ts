import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMetrics } from './openMetrics';
import type { RequestHistory } from './RequestGroup';

/**
 * Writes histories as blocks of a Prometheus that is yet to start.
 *
 * @param folder - of the Prometheus
 * @throws Error with what promtool says
 */
export function backfill(folder: string, histories: RequestHistory[]): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'history.om');
  writeFileSync(file, openMetrics(histories));
  const { status, stderr, error } = spawnSync(
    'promtool',
    [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      '--quiet',
      file,
      join(folder, 'data'),
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`promtool refuses the history: ${error ?? stderr}`);
  }
}
