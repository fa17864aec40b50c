import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { auditEvents, type AuditEventDeclaration } from './auditEvents';

const DOCUMENT = resolve(__dirname, '../../../../docs/security.md');

function rowOf([id, event]: [string, AuditEventDeclaration]): string[] {
  const { fields, refusedSeverity, severity, when } = event;
  const names = Object.entries(fields.shape).map(([name, schema]) => {
    const isOptional = schema.safeParse(undefined).success;
    return `\`${name}\`${isOptional ? '?' : ''}`;
  });
  return [
    `\`${id}\``,
    `${severity}${refusedSeverity ? `, refused ${refusedSeverity}` : ''}`,
    when,
    names.join(', '),
  ];
}

describe('the audit events', () => {
  it('are in docs/security.md as they are declared', () => {
    const [, section = ''] = readFileSync(DOCUMENT, 'utf8').split(
      '\n## Audit events\n',
    );
    const [table = ''] = section.split('\n#');
    const rows = table
      .split('\n')
      .filter(line => line.startsWith('| `'))
      .map(line =>
        line
          .split('|')
          .slice(1, -1)
          .map(cell => cell.trim()),
      );
    expect(rows).toEqual(
      Object.entries<AuditEventDeclaration>(auditEvents).map(rowOf),
    );
  });

  it('have ids in kebab case', () => {
    for (const id of Object.keys(auditEvents)) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    }
  });
});
