/**
 * Writes what docs/effective-tracing.md, docs/findings.md, docs/check-yaml.md and
 * docs/diagnosis.md hold of generated text. A test tells when they are not up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { effectiveTracingExample } from './docs/effectiveTracingExample';
import { findingsPage } from './docs/findingsPage';
import { diagnosisCodes } from './docs/diagnosisCodes';
import { withCodes, withExample } from './docs/withExample';
import { yamlFindings } from './docs/yamlFindings';

const DOCS = resolve(__dirname, '../../../docs');
const guide = resolve(DOCS, 'effective-tracing.md');

writeFileSync(
  guide,
  withExample(readFileSync(guide, 'utf8'), effectiveTracingExample()),
);
writeFileSync(resolve(DOCS, 'findings.md'), findingsPage());
const check = resolve(DOCS, 'check-yaml.md');
writeFileSync(check, withExample(readFileSync(check, 'utf8'), yamlFindings()));
const ladder = resolve(DOCS, 'diagnosis.md');
writeFileSync(
  ladder,
  withCodes(readFileSync(ladder, 'utf8'), diagnosisCodes()),
);
process.stdout.write(
  'docs/effective-tracing.md, docs/findings.md, docs/check-yaml.md and docs/diagnosis.md written\n',
);
