import { parseManifest, readManifest } from './manifests';

interface Rule {
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

const READ = ['get', 'list', 'watch'];

describe('portal-rbac.yaml', () => {
  const objects = readManifest('portal-rbac.yaml');
  const rulesOf = (name: string) =>
    (objects.find(
      ({ kind, metadata }) => kind.endsWith('Role') && metadata.name === name,
    )?.rules ?? []) as Rule[];

  it('reads without wildcards, secrets or all ConfigMaps', () => {
    const rules = rulesOf('mesh-tracing-reader');

    expect(rules.length).toBeGreaterThan(0);
    for (const { resources, apiGroups, verbs } of rules) {
      expect([...resources, ...apiGroups, ...verbs]).not.toContain('*');
      expect(resources).not.toContain('secrets');
      expect(resources).not.toContain('configmaps');
      expect(verbs.filter(verb => !READ.includes(verb))).toEqual([]);
    }
    expect(rulesOf('mesh-tracing-mesh-config-reader')).toEqual([
      {
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['istio'],
        verbs: READ,
      },
    ]);
  });

  it('writes nothing but Telemetries, and those only in app namespaces', () => {
    expect(rulesOf('mesh-tracing-writer')).toEqual([
      {
        apiGroups: ['telemetry.istio.io'],
        resources: ['telemetries'],
        verbs: ['create', 'update', 'delete'],
      },
    ]);
    const bindings = objects.filter(
      ({ roleRef }) =>
        (roleRef as { name: string } | undefined)?.name ===
        'mesh-tracing-writer',
    );
    expect(
      bindings.map(({ kind, metadata }) => [kind, metadata.namespace]),
    ).toEqual([['RoleBinding', 'bookinfo']]);
  });
});

describe('portal-admission.yaml', () => {
  const [policy, binding] = readManifest('portal-admission.yaml');
  const spec = policy?.spec as {
    failurePolicy: string;
    matchConstraints: { resourceRules: Array<Record<string, string[]>> };
    matchConditions: Array<{ expression: string }>;
    validations: Array<{ message: string; reason: string }>;
  };

  it('binds the account of portal-rbac.yaml, and nobody else', () => {
    const [account] = readManifest('portal-rbac.yaml');
    expect(account?.kind).toBe('ServiceAccount');
    const { namespace, name } = account?.metadata ?? {};
    expect(spec.matchConditions.map(({ expression }) => expression)).toEqual([
      `request.userInfo.username == 'system:serviceaccount:${namespace}:${name}'`,
    ]);
  });

  it('covers every write of Telemetries, and refuses what it cannot judge', () => {
    expect(spec.failurePolicy).toBe('Fail');
    expect(spec.matchConstraints.resourceRules).toEqual([
      {
        apiGroups: ['telemetry.istio.io'],
        apiVersions: ['*'],
        resources: ['telemetries', 'telemetries/*'],
        operations: ['CREATE', 'UPDATE', 'DELETE'],
      },
    ]);
    expect(binding).toMatchObject({
      kind: 'ValidatingAdmissionPolicyBinding',
      spec: {
        policyName: policy?.metadata.name,
        validationActions: ['Deny'],
      },
    });
  });

  it('says in each refusal whose rule it is', () => {
    for (const { message, reason } of spec.validations) {
      expect(message).toMatch(/the portal/);
      expect(reason).toBe('Forbidden');
    }
  });
});

describe('telemetries.yaml', () => {
  it('has one Telemetry of each level', () => {
    expect(
      readManifest('telemetries.yaml').map(({ metadata, spec }) => [
        metadata.namespace,
        metadata.name,
        'selector' in (spec as object),
      ]),
    ).toEqual([
      ['istio-system', 'mesh-default-tracing', false],
      ['bookinfo', 'namespace-tracing', false],
      ['bookinfo', 'ratings-tracing', true],
    ]);
  });
});

describe('parseManifest', () => {
  it('reads every document and passes over empty ones', () => {
    const text = 'kind: A\n---\n# nothing\n---\nkind: B\n';

    expect(parseManifest(text).map(({ kind }) => kind)).toEqual(['A', 'B']);
  });

  it('refuses what is no YAML', () => {
    expect(() => parseManifest('kind: [')).toThrow();
  });
});
