import { checkMeshDefault, checkSource } from './checkMeshDefault';

const istiod = { environmentKnown: true };

describe('the default of the mesh', () => {
  it('that samples everything is told of, with a Telemetry that mends it', () => {
    const found = checkMeshDefault('main', {
      meshConfig: {
        rootNamespace: 'mesh-root',
        defaultConfig: { tracing: { sampling: 100 } },
      },
      istiod,
    });

    expect(found).toMatchObject({
      code: 'full-sampling-without-end',
      evidence: expect.arrayContaining([
        {
          fact: 'source',
          value: 'meshConfig.defaultConfig.tracing.sampling',
          unit: 'text',
        },
      ]),
    });
    expect(found?.mends[0]).toMatchObject({
      text: expect.stringContaining('namespace: mesh-root'),
    });
  });

  it("counts istiod's environment where the mesh config says nothing", () => {
    const of = (sampling?: number) =>
      checkMeshDefault('main', {
        meshConfig: { defaultConfig: { tracing: { sampling } } },
        istiod: { ...istiod, traceSamplingPercent: 100 },
      });

    expect(of()?.what).toContain('PILOT_TRACE_SAMPLING');
    expect(of(1)).toBeUndefined();
  });

  it.each([undefined, 0, 1, 99])('of %p %% is fine', sampling => {
    expect(
      checkMeshDefault('main', {
        meshConfig: { defaultConfig: { tracing: { sampling } } },
        istiod,
      }),
    ).toBeUndefined();
  });

  it('is not meant where the pods themselves say it', () => {
    expect(
      checkSource(
        'main',
        { namespace: 'shop', name: 'cart' },
        { kind: 'proxy-config', origin: 'pod' },
      ).what,
    ).toMatch(/^shop\/cart samples all requests by /);
  });
});
