import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(
  join(__dirname, '..', '..', '..', 'docs', 'extending.md'),
  'utf8',
);
const SHOWN =
  /\(\.\.\/examples\/extending\/src\/(\S+)\)\n\n```ts\n([^`]*(?:`(?!``)[^`]*)*)```\n/g;
const shown = [...page.matchAll(SHOWN)].map(
  ([, file = '', code]) => [file, code] as const,
);
const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter(
    file =>
      file.endsWith('.ts') &&
      !file.endsWith('.test.ts') &&
      !file.startsWith('testing') &&
      file !== 'index.ts',
  )
  .sort();

describe('docs/extending.md', () => {
  it('shows every file of the examples, and no other code', () => {
    expect(shown.map(([file]) => file).sort()).toEqual(sources);
    expect(page.match(/^```ts$/gm)).toHaveLength(shown.length);
  });

  it.each(shown)('shows %s as it is compiled and tested', (file, code) => {
    expect(code).toBe(readFileSync(join(__dirname, file), 'utf8'));
  });

  it.each(sources)(
    '%s imports published packages by their names only',
    file => {
      const imports = [
        ...readFileSync(join(__dirname, file), 'utf8').matchAll(
          /from '([^']+)'/g,
        ),
      ].map(([, from]) => from);
      expect(
        imports.filter(from => from?.startsWith('backstage-plugin')),
      ).toEqual(
        imports.filter(
          from =>
            from === 'backstage-plugin-mesh-tracing-common' ||
            from === 'backstage-plugin-mesh-tracing-node',
        ),
      );
    },
  );

  it('has a trace store of about a hundred lines', () => {
    const [, code = ''] =
      shown.find(([file]) => file.endsWith('FolderTraceStore.ts')) ?? [];
    expect(code.split('\n').length).toBeLessThanOrEqual(115);
  });
});
