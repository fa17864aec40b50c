import {
  citedTests,
  readRepositoryFile as read,
  tableRows,
} from './testing/repository/citedTests';

describe('docs/security.md', () => {
  const page = read('docs/security.md');
  const proofs = citedTests(page);

  it('proves every promise of its tables', () => {
    const promises = tableRows(page, '## Promises', '## What it does not');
    expect(promises.length).toBeGreaterThan(30);
    expect(proofs).toHaveLength(promises.length);
  });

  it('shows the policy that the portal of this repository runs with', () => {
    expect(page).toContain(
      read('packages/backend/src/permissionPolicy/PortalPermissionPolicy.ts'),
    );
  });
});

describe('docs/operations.md', () => {
  it('quotes the manifests that the lab runs with', () => {
    for (const file of ['portal-rbac.yaml', 'portal-admission.yaml']) {
      expect(read('docs/operations.md')).toContain(
        read(`lab/manifests/${file}`),
      );
    }
  });

  it('names every audit event of a change', () => {
    const page = read('docs/operations.md');
    for (const kind of ['preview', 'apply', 'extend', 'revert', 'expire']) {
      expect(page).toContain(`\`sampling-${kind}\``);
    }
  });
});
