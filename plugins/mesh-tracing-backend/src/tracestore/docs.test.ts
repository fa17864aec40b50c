import {
  citedTests,
  readRepositoryFile,
  tableRows,
} from '../testing/repository/citedTests';

describe('docs/trace-stores.md', () => {
  const page = readRepositoryFile('docs/trace-stores.md');

  it.each([
    ['what works with what', '## What works', "Tempo's own API", 9],
    ['sources of all requests', '## Figures of all', 'Jaeger does not say', 3],
    ['what is wrong', '## When something', '## Large answers', 18],
  ])(
    'proves each row of %s, or says that it does not',
    (_, from, to, least) => {
      const rows = tableRows(page, from, to);
      expect(rows.length).toBeGreaterThanOrEqual(least);
      expect(rows.filter(row => citedTests(row).length !== 1)).toEqual(
        rows.filter(row => /\| not tested +\|$/.test(row)),
      );
    },
  );
});
