import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('docs/security.md', () => {
  const page = read('docs/security.md');
  const folders: Record<string, string> = {};
  for (const [, letter, folder] of page.matchAll(/`([A-Z])` = `([^`]+)`/g)) {
    folders[letter ?? ''] = folder ?? '';
  }
  const proofs = [...page.matchAll(/\| `([A-Z])\/(\S+)`: (.+?) +\|/g)].map(
    ([, letter = '', file = '', title = '']) => ({
      file: `${folders[letter]}/${file}`,
      title,
    }),
  );

  it('proves every promise of its tables', () => {
    const promises = page
      .slice(page.indexOf('## Promises'), page.indexOf('## What it does not'))
      .split('\n')
      .filter(line => /^\| (?!Promise|-)/.test(line));
    expect(promises.length).toBeGreaterThan(30);
    expect(proofs).toHaveLength(promises.length);
  });

  it.each(proofs)('names a test that exists: $file, $title', proof => {
    // As it stands in the source: a quote in a title is escaped there.
    const source = read(proof.file).replace(/\\'/g, "'");
    expect(source.includes(proof.title)).toBe(true);
  });
});

describe('docs/operations.md', () => {
  it('quotes the manifests that the lab runs with', () => {
    expect(read('docs/operations.md')).toContain(
      read('lab/manifests/portal-rbac.yaml'),
    );
  });

  it('names every audit event of a change', () => {
    const page = read('docs/operations.md');
    for (const kind of ['preview', 'apply', 'extend', 'revert', 'expire']) {
      expect(page).toContain(`\`sampling-${kind}\``);
    }
  });
});
