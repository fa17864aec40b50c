import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the repository. */
export const REPOSITORY = resolvePackagePath(
  'backstage-plugin-mesh-tracing-backend',
  '..',
  '..',
);

/** A file of the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(REPOSITORY, path), 'utf8');
}

/** A test that a page names as proof; the end of `npm test` tells whether it passed. */
export interface CitedTest {
  file: string;
  title: string;
}

/**
 * Tests that the tables of a page cite as `` | `T/some.test.ts`: its title | ``,
 * where `` `T` = `folder` `` stands somewhere in the page.
 */
export function citedTests(page: string): CitedTest[] {
  const folders = new Map(
    [...page.matchAll(/`([A-Z])`\s+=\s+`([^`]+)`/g)].map(
      ([, letter = '', folder = '']) => [letter, folder],
    ),
  );
  return [...page.matchAll(/\| `([A-Z])\/(\S+)`: ([^|]+)\|/g)].map(
    ([, letter = '', file = '', title = '']) => ({
      file: `${folders.get(letter)}/${file}`,
      title: title.trim(),
    }),
  );
}

/** The rows of a page's tables between two texts, without heads and rules. */
export function tableRows(page: string, from: string, to: string): string[] {
  return page
    .slice(page.indexOf(from), page.indexOf(to))
    .split('\n')
    .filter(
      (line, index, lines) =>
        line.startsWith('| ') &&
        !line.startsWith('| -') &&
        !lines[index + 1]?.startsWith('| -'),
    );
}
