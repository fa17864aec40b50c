import {
  ADA,
  ALLOWED,
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import type {
  SamplingHarness,
  SamplingHarnessOptions,
} from '../../testing/sampling/samplingHarness';

const GITOPS = 'meshtracing.io/gitops';
const TRACKED = {
  'argocd.argoproj.io/tracking-id': 'platform:/Namespace:shop/shop',
};

describe('a namespace', () => {
  let harness: SamplingHarness;
  afterEach(() => harness.close());

  const start = async (
    annotations: Record<string, string>,
    options: SamplingHarnessOptions = {},
  ) => {
    harness = await samplingHarness(options);
    harness.cluster.annotateNamespace('shop', annotations);
  };
  const preview = () =>
    harness.service.preview(harness.context(), ALLOWED, harness.request());
  const refused = ({ verdicts }: Awaited<ReturnType<typeof preview>>) =>
    verdicts.filter(({ allowed }) => !allowed);
  const codes = ({ findings }: Awaited<ReturnType<typeof preview>>) =>
    findings.map(({ code }) => code);

  describe('that says by its annotation that a repository holds its Telemetries', () => {
    it.each([
      ['argocd', 'the repository of Argo CD', 'argocd'],
      ['flux', 'the repository of Flux', 'flux'],
      ['helm', 'the repository of Helm', 'helm'],
      ['true', 'its repository', undefined],
    ])('is not written, but handed over: %s', async (value, whose, tool) => {
      await start({ [GITOPS]: value });
      const answer = await preview();
      expect(refused(answer)).toEqual([
        {
          rule: 'gitops-namespace',
          allowed: false,
          message: `Namespace shop is changed through ${whose} only, as its annotation meshtracing.io/gitops says. Take the YAML there`,
        },
      ]);
      expect(answer.token).toBeUndefined();
      expect(answer.gitOps).toMatchObject({ source: 'annotation' });
      expect(answer.gitOps?.tool).toBe(tool);
      expect(answer.gitOps?.yaml).toContain('name: mesh-tracing.cart');
      expect(answer.gitOps?.yaml).not.toContain('meshtracing.io');
    });

    it.each(['', 'False', 'gitlab'])(
      'is not written for a value that is not known, saying how it was read: %p',
      async value => {
        await start({ [GITOPS]: value });
        const [verdict] = refused(await preview());
        expect(verdict?.message).toContain(
          `its value '${value}' is none of argocd, flux, helm, true and false, so it is read as true`,
        );
      },
    );

    it('fills in the template of the site', async () => {
      await start(
        { [GITOPS]: 'flux' },
        { config: { gitOps: { template: 'pull-request' } } },
      );
      const { gitOps } = await preview();
      const url = new URL(gitOps?.scaffolderUrl ?? '', 'http://portal');
      expect(JSON.parse(url.searchParams.get('formData') ?? '')).toMatchObject({
        namespace: 'shop',
        tool: 'flux',
      });
    });

    it('is not written when the annotation came between preview and confirmation', async () => {
      await start({});
      const confirmed = await harness.confirm(harness.request());
      harness.cluster.annotateNamespace('shop', { [GITOPS]: 'true' });
      await expect(
        harness.service.apply(harness.context(), ALLOWED, confirmed),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(harness.cluster.writes).toEqual([]);
    });

    it('lets overrides that were set before be reverted by people and end on time', async () => {
      await start({});
      const apply = async () =>
        harness.service.apply(
          harness.context(),
          ALLOWED,
          await harness.confirm(harness.request()),
        );
      const { override } = await apply();
      harness.cluster.annotateNamespace('shop', { [GITOPS]: 'argocd' });
      await harness.service.revert(harness.context(ADA), ALLOWED, {
        workload: harness.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      });
      expect(harness.cluster.objects()).toEqual([]);

      harness.cluster.annotateNamespace('shop', {});
      await apply();
      harness.cluster.annotateNamespace('shop', { [GITOPS]: 'argocd' });
      harness.clock.advance({ minutes: 61 });
      await harness.expiry.run();
      expect(harness.cluster.objects()).toEqual([]);
    });

    it('leaves changes in other namespaces alone', async () => {
      await start(
        { [GITOPS]: 'true' },
        {
          workloads: [workload('cart', { namespace: 'other' })],
        },
      );
      expect(refused(await preview())).toEqual([]);
    });

    it('is not written by a change of the whole namespace either', async () => {
      await start(
        { [GITOPS]: 'true' },
        { config: { scopes: ['workload', 'namespace'] } },
      );
      const answer = await harness.service.preview(
        harness.context(),
        ALLOWED,
        harness.request({ scope: 'namespace' }),
      );
      expect(refused(answer)).toMatchObject([{ rule: 'gitops-namespace' }]);
      expect(answer.gitOps?.yaml).toContain('name: mesh-tracing-namespace');
    });
  });

  it('that says it belongs to no repository is written', async () => {
    await start({ [GITOPS]: 'false', ...TRACKED });
    const answer = await preview();
    expect(refused(answer)).toEqual([]);
    expect(answer.gitOps).toBeUndefined();
    expect(codes(answer)).not.toContain('namespace-managed');
  });

  it('that the configuration lists belongs to a repository, whatever it says', async () => {
    await start(
      { [GITOPS]: 'false' },
      { config: { gitOps: { namespaces: ['shop'] } } },
    );
    const answer = await preview();
    expect(refused(answer)).toMatchObject([{ rule: 'gitops-namespace' }]);
    expect(answer.gitOps).toMatchObject({ source: 'configuration' });
  });

  it('that a tool created is written, with a hint', async () => {
    await start(TRACKED);
    const answer = await preview();
    expect(refused(answer)).toEqual([]);
    expect(answer.token).toBeDefined();
    expect(answer.findings).toContainEqual({
      severity: 'info',
      code: 'namespace-managed',
      what: 'Namespace shop is created by Argo CD (platform; annotation argocd.argoproj.io/tracking-id); that does not say whether its Telemetries come from there, too.',
      whatToDo:
        "If they do, annotate the namespace with meshtracing.io/gitops: argocd; if not, with meshtracing.io/gitops: 'false'.",
    });
  });

  describe('that can not be read', () => {
    const unreadable = async (gitOps: object = {}) => {
      await start({}, { config: { gitOps } });
      harness.cluster.namespaces = undefined;
      return preview();
    };

    it('is written, with a warning', async () => {
      const answer = await unreadable();
      expect(answer.token).toBeDefined();
      expect(answer.findings).toContainEqual(
        expect.objectContaining({
          severity: 'warning',
          code: 'namespaces-unreadable',
          what: "The namespaces of cluster 'main' can't be read, so it is not known whether a repository holds namespace shop.",
        }),
      );
    });

    it('is not written where the site wants to know first', async () => {
      const answer = await unreadable({ unreadableNamespaces: 'refuse' });
      expect(refused(answer)).toMatchObject([
        { rule: 'namespaces-unreadable' },
      ]);
      expect(answer.token).toBeUndefined();
      expect(answer.gitOps).toBeUndefined();
      expect(codes(answer)).not.toContain('namespaces-unreadable');
    });

    it('any more keeps what its annotation said, and without one counts as never read', async () => {
      const gitOps = { unreadableNamespaces: 'refuse' };
      await start({}, { config: { gitOps } });
      harness.cluster.problems = [
        { what: 'namespaces', message: 'Forbidden.', whatToDo: 'Grant it.' },
      ];
      expect(refused(await preview())).toMatchObject([
        { rule: 'namespaces-unreadable' },
      ]);
      harness.cluster.annotateNamespace('shop', { [GITOPS]: 'true' });
      expect(refused(await preview())).toMatchObject([
        { rule: 'gitops-namespace' },
      ]);
    });

    it('still belongs to a repository where the configuration says so', async () => {
      const answer = await unreadable({ namespaces: ['shop'] });
      expect(refused(answer)).toMatchObject([{ rule: 'gitops-namespace' }]);
      expect(codes(answer)).not.toContain('namespaces-unreadable');
    });
  });
});
