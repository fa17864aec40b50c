import { readFileSync, writeFileSync } from 'node:fs';
import { labPath } from '../../labPath';
import type { HealthySetup } from '../PlantedSetup';
import type { ProvenSetup } from './ProvenSetup';
import { setupTable } from './setupTable';

const PAGE = labPath('..', 'docs', 'diagnosis.md');

/** What was found to be so. */
export interface Proven {
  broken: readonly ProvenSetup[];
  healthy: readonly HealthySetup[];
}

/** Replaces what stands between two marks. */
function between(page: string, what: string, content: string): string {
  const [begin, end] = ['begin', 'end'].map(
    word => `<!-- The ${what}: ${word} -->`,
  ) as [string, string];
  const start = page.indexOf(begin);
  const stop = page.indexOf(end);
  if (start < 0 || stop < start) throw new Error(`No place for the ${what}.`);
  return `${page.slice(0, start)}${begin}\n\n${content}\n\n${page.slice(stop)}`;
}

/** The page with what was proven. */
function pageOf(page: string, { broken, healthy }: Proven): string {
  const list = healthy.map(({ name, planted }) => `- ${name}: ${planted}`);
  return between(
    between(page, 'table of planted set-ups', setupTable(broken)),
    'list of healthy set-ups',
    list.join('\n'),
  );
}

/**
 * Compares what stands in the page with what was proven, or writes it there.
 *
 * @throws Error with the first line that differs
 */
export async function comparePage(
  proven: Proven,
  write: boolean,
): Promise<string> {
  const page = readFileSync(PAGE, 'utf8');
  const now = pageOf(page, proven);
  const counted = `${proven.broken.length} set-ups, ${proven.healthy.length} healthy ones`;
  if (now === page) return counted;
  if (write) {
    writeFileSync(PAGE, now);
    return `written: ${counted}`;
  }
  const old = new Set(page.split('\n'));
  const [differs = 'some lines are there no more'] = now
    .split('\n')
    .filter(line => !old.has(line));
  throw new Error(`The page says otherwise: ${differs.trim()}`);
}
