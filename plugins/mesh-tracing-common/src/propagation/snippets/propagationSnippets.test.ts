import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { propagationSnippets } from './propagationSnippets.generated';

describe('the programs that hand on tracing headers', () => {
  it.each(
    propagationSnippets.map(one => [one.language, one.way, one] as const),
  )(
    'in %s, %s, are shown as they are run in the lab',
    (language, way, { file, text }) => {
      const path = join('examples/propagation', language, way, file);
      const root = join(__dirname, '../../../../..');
      expect(text).toBe(readFileSync(join(root, path), 'utf8'));
    },
  );

  it('are there in four languages, with OpenTelemetry and by hand', () => {
    expect(propagationSnippets).toHaveLength(8);
  });
});
