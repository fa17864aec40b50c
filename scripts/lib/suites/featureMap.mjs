/** Markdown as words: without marks of emphasis, on one line. */
function plain(text) {
  return text.replace(/[*_]/g, '').replace(/\s+/g, ' ').trim();
}

/** The points of the README's list of features, its first list. */
export function featureSentences(readMe) {
  const [, list = ''] = /\n\n(- [\s\S]*?)\n\n/.exec(readMe) ?? [];
  return list
    .split(/^- /m)
    .map(plain)
    .filter(point => point !== '');
}

/** Columns of the table in CONTRIBUTING.md, and where their folders are. */
const PACKAGES = {
  common: 'plugins/mesh-tracing-common/src',
  node: 'plugins/mesh-tracing-node/src',
  backend: 'plugins/mesh-tracing-backend/src',
  frontend: 'plugins/mesh-tracing/src',
};

const cellsOf = row =>
  row
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());

/**
 * Rows of the table "What the README promises" in CONTRIBUTING.md.
 *
 * @returns {Array<{ words: string, folders: string[] }>} words of the README, and
 *   the folders and files, from the root, that make them true
 */
export function placesOfFeatures(contributing) {
  const rows = contributing.split('\n').filter(line => line.startsWith('|'));
  const head = rows.findIndex(row => cellsOf(row)[0] === 'The README says');
  const columns = cellsOf(rows[head] ?? '').slice(1);
  const end = rows.findIndex(
    (row, index) => index > head && cellsOf(row).length !== columns.length + 1,
  );
  return rows.slice(head + 2, end < 0 ? undefined : end).map(row => {
    const [words, ...cells] = cellsOf(row);
    return {
      words: plain(words),
      folders: cells.flatMap((cell, index) =>
        [...cell.matchAll(/`([^`]+)`/g)].map(
          ([, path]) => `${PACKAGES[columns[index]]}/${path}`,
        ),
      ),
    };
  });
}
