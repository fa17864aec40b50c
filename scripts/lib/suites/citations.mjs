import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../paths.mjs';
import { workspaceManifests } from '../workspaceManifests.mjs';

/** Files whose suites are left out where the machine lacks what they need. */
const DEMANDING = [
  /^lab\/src\/(?!.*\.test\.tsx?$)/,
  /^e2e\/product\//,
  /^e2e\/lab\//,
];

/** Pages of the repository: those in its root, of its packages, and in docs/. */
function pages() {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true });
  const inPackages = workspaceManifests().map(manifest =>
    join(dirname(manifest), 'README.md'),
  );
  return [
    ...readdirSync(root),
    ...inPackages.filter(page => existsSync(join(root, page))),
    ...inDocs.map(page => join('docs', page)),
  ].filter(page => page.endsWith('.md'));
}

/**
 * Tests that the tables of a page cite as `` | `T/some.test.ts`: its title | ``, where
 * `` `T` = `folder` `` stands somewhere in the page, or with the path from the root.
 *
 * @returns {Array<{ file: string, title: string }>}
 */
export function citationsOf(text) {
  const folders = new Map(
    [...text.matchAll(/`([A-Z])`\s+=\s+`([^`]+)`/g)].map(
      ([, letter, folder]) => [letter, folder],
    ),
  );
  return [...text.matchAll(/\| `([^`\s]+)`: ([^|\n]+)\|/g)]
    .filter(([, path]) => /\.(ts|tsx|mjs)$/.test(path))
    .map(([, path, title]) => {
      const [first, ...rest] = path.split('/');
      const folder = folders.get(first);
      return {
        file: folder ? [folder, ...rest].join('/') : path,
        title: title.trim(),
      };
    });
}

/** All citations of the repository's pages. */
export function allCitations() {
  return pages().flatMap(page =>
    citationsOf(readFileSync(join(root, page), 'utf8')).map(citation => ({
      page,
      ...citation,
    })),
  );
}

/**
 * A title as a page may write it: as the runner names it, or as it stands in the
 * source, with a placeholder (`%s`, `$name`) for what each case puts in.
 */
function patternOf(title) {
  const source = title
    .split(/%[sdifjoOpc#%]|\$[#\w][\w.]*|\\?\$\{[^}]*\}/)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+');
  return new RegExp(`^${source}$`, 's');
}

const isOf = (citation, { file }) =>
  file.endsWith('/') ? citation.file.startsWith(file) : file === citation.file;

/** Whether a test, a group around it, or both one after the other, bear the title. */
function bears({ titles }, pattern) {
  return titles.some((_, from) =>
    titles.some(
      (__, to) =>
        to >= from && pattern.test(titles.slice(from, to + 1).join(' ')),
    ),
  );
}

/**
 * What the run says of a cited test: `passed`; `left out` where its suite can't run on
 * this machine; or what is wrong.
 */
export function judgeCitation(citation, tests) {
  const inFile = tests.filter(ran => isOf(citation, ran));
  if (inFile.length === 0) {
    const suite = DEMANDING.find(files => files.test(citation.file));
    const ran = tests.some(({ file }) => suite?.test(file));
    return suite && !ran ? 'left out' : 'no test of this file ran';
  }
  const pattern = patternOf(citation.title);
  const found = inFile.filter(ran => bears(ran, pattern));
  if (found.length === 0) return 'no test of this title ran';
  return (
    ['failed', 'skipped'].find(bad =>
      found.some(({ outcome }) => outcome === bad),
    ) ?? 'passed'
  );
}

/** Checks every citation against what ran, and tells which are no proof. */
export function checkCitations(tests, citations = allCitations()) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const citation of citations) {
    const verdict = judgeCitation(citation, tests);
    if (verdict === 'passed') counts.passed += 1;
    else if (verdict === 'left out') counts.skipped += 1;
    else {
      counts.failed += 1;
      const { page, file, title } = citation;
      process.stderr.write(`${page}: ${file}: “${title}”: ${verdict}\n`);
    }
  }
  return counts;
}
