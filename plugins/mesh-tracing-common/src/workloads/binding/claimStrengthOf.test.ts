import { claimStrengthOf } from './claimStrengthOf';
import { ownersCommand } from './ownersCommand';

const ID = 'backstage.io/kubernetes-id';

describe('the strength of a claim', () => {
  it.each([
    ['metadata.name', 'name'],
    ['meshtracing.io/label-selector', 'selector'],
    ['backstage.io/kubernetes-label-selector', 'selector'],
    ['meshtracing.io/workloads', 'reference'],
    ["a site's own rule", 'reference'],
  ])('by %s is %s', (rule, expected) => {
    expect(claimStrengthOf({ rule }, { labels: {}, ownerLabels: {} })).toBe(
      expected,
    );
  });

  it.each([
    ['all pods', { labels: { [ID]: 'cart' }, ownerLabels: {} }],
    ['the owner object', { labels: {}, ownerLabels: { [ID]: 'cart' } }],
  ])('is consent where %s carry the id', (_, workload) => {
    const rule = 'meshtracing.io/workloads';
    expect(claimStrengthOf({ rule, kubernetesId: 'cart' }, workload)).toBe(
      'consent',
    );
    expect(claimStrengthOf({ rule, kubernetesId: 'pay' }, workload)).toBe(
      'reference',
    );
  });

  it('is not consent where a stray pod alone carries the id', () => {
    expect(
      claimStrengthOf(
        { rule: ID, kubernetesId: 'cart' },
        { labels: {}, ownerLabels: {} },
      ),
    ).toBe('selector');
  });

  it('is not consent without an id, of a workload without the label', () => {
    expect(claimStrengthOf({ rule: ID }, { labels: {}, ownerLabels: {} })).toBe(
      'selector',
    );
  });
});

describe('the command that decides who stands for a workload', () => {
  const at = { cluster: 'c', namespace: 'shop', name: 'cart' };
  const owners = ['group:default/b', 'group:default/a'];

  it('annotates the workload, where its annotations are read', () => {
    expect(ownersCommand({ ...at, kind: 'Deployment' }, owners)).toBe(
      'kubectl annotate deployment/cart -n shop meshtracing.io/owners=group:default/a,group:default/b --overwrite',
    );
  });

  it('annotates the pods of a Rollout, and else the Namespace', () => {
    expect(ownersCommand({ ...at, kind: 'Rollout' }, owners)).toContain(
      `-p '{"spec":{"template":{"metadata":{"annotations":{"meshtracing.io/owners":`,
    );
    expect(ownersCommand({ ...at, kind: 'CronJob' }, owners)).toContain(
      'kubectl annotate namespace/shop ',
    );
  });

  it('does not exist without owners, nor where a shell would interpret part of it', () => {
    expect(ownersCommand({ ...at, kind: 'Deployment' }, [])).toBeUndefined();
    expect(
      ownersCommand({ ...at, name: '$(id)', kind: 'Deployment' }, owners),
    ).toBeUndefined();
  });
});
