import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { effectiveTracingExample } from '../../scripts/docs/effectiveTracingExample';
import { findingsPage } from '../../scripts/docs/findingsPage';
import { withExample } from '../../scripts/docs/withExample';

const page = (name: string) =>
  readFileSync(join(__dirname, '../../../../docs', name), 'utf8');

describe('the guides', () => {
  it('show the example as the code computes it', () => {
    const guide = page('effective-tracing.md');
    expect(withExample(guide, effectiveTracingExample())).toBe(guide);
  });

  it('list every finding with its mend', () => {
    expect(page('findings.md')).toBe(findingsPage());
  });
});
