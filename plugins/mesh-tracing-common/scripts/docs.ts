/**
 * Writes what docs/effective-tracing.md and docs/findings.md hold of generated
 * text. A test tells when they are not up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { effectiveTracingExample } from './docs/effectiveTracingExample';
import { findingsPage } from './docs/findingsPage';
import { withExample } from './docs/withExample';

const DOCS = resolve(__dirname, '../../../docs');
const guide = resolve(DOCS, 'effective-tracing.md');

writeFileSync(
  guide,
  withExample(readFileSync(guide, 'utf8'), effectiveTracingExample()),
);
writeFileSync(resolve(DOCS, 'findings.md'), findingsPage());
process.stdout.write(
  'docs/effective-tracing.md and docs/findings.md written\n',
);
