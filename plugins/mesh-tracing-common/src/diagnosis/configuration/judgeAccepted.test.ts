import { FACTS_AT_MS, factsOf, mended } from '../../testing/configurationFacts';
import { reviews, telemetry } from '../../testing/tracing';
import type { AcceptanceFacts } from './ConfigurationFacts';
import { judgeAccepted } from './judgeAccepted';

const told = (overrides: Partial<AcceptanceFacts>) => ({
  state: 'accepted' as const,
  proxies: 2,
  accepted: 2,
  behind: [],
  atMs: FACTS_AT_MS,
  ...overrides,
});
const judge = (
  acceptance: ReturnType<typeof told> | undefined,
  options: Parameters<typeof factsOf>[0] = {},
) =>
  judgeAccepted(
    factsOf({ ...options, facts: { acceptance, ...options.facts } }),
  );

describe('the rung of the acceptance', () => {
  it('is well when all proxies have taken their configuration', () => {
    expect(judge(told({}))).toMatchObject({
      verdict: 'good',
      cause: 'All 2 proxies have accepted the configuration.',
    });
  });

  it("is broken when a proxy refuses, in the proxy's words, and takes the tag away", () => {
    const facts = factsOf({
      telemetries: [
        telemetry('shop/tags', {
          selector: reviews,
          tracing: [
            { customTags: { 'a/b': {}, team: { literal: { value: 'x' } } } },
          ],
        }),
      ],
      facts: {
        acceptance: told({
          state: 'refused',
          accepted: 1,
          behind: [
            { pod: 'reviews-1', refused: true, message: 'bad listener' },
          ],
        }),
      },
    });
    const rung = judgeAccepted(facts);
    expect(rung).toMatchObject({
      id: 'accepted',
      verdict: 'broken',
      code: 'proxies-refuse',
      cause: expect.stringContaining('bad listener'),
    });
    expect(rung.evidence.map(({ seen }) => seen)).toEqual([
      '1 of 2 proxies accepted what they were sent.',
      'It refused: bad listener',
    ]);
    const [telemetryAfter] = mended(facts, rung.mends[0]).inputs.telemetries;
    expect(telemetryAfter?.spec?.tracing?.[0]?.customTags).toEqual({
      team: { literal: { value: 'x' } },
    });
  });

  it('names the listener that a proxy refuses in one line, without its whole content', () => {
    const message =
      'Error adding/updating listener(s) 10.0.0.1_9080: goo.gle/debugproto \nrds {\n}\n';
    const behind = [{ pod: 'reviews-1', refused: true, message }];
    expect(judge(told({ state: 'refused', behind })).cause).toBe(
      'Proxies refuse what istiod sent them and keep what they had: Error adding/updating listener(s) 10.0.0.1_9080.',
    );
  });

  it('is broken by a tag that Envoy refuses, before istiod tells of it', () => {
    expect(
      judge(undefined, {
        telemetries: [
          telemetry('shop/tags', {
            selector: reviews,
            tracing: [{ customTags: { empty: {} } }],
          }),
        ],
      }),
    ).toMatchObject({ verdict: 'broken', code: 'tag-without-kind' });
  });

  it('is doubtful while proxies are behind', () => {
    expect(judge(told({ state: 'pending', accepted: 1 }))).toMatchObject({
      verdict: 'doubtful',
      code: 'proxies-behind',
    });
  });

  it('can not tell where istiod is not asked or does not answer, and names the setting', () => {
    const needs = expect.stringContaining('istiod.debugUrls');
    expect(judge(undefined)).toMatchObject({ verdict: 'unknown', needs });
    expect(
      judge(told({ state: 'unknown', message: 'no answer.' })),
    ).toMatchObject({
      verdict: 'unknown',
      needs,
      cause: expect.stringContaining('no answer.'),
    });
  });

  describe('of another revision', () => {
    const istiod = {
      version: '1.31.0',
      environmentKnown: true,
      revision: '1-31',
    };
    const of = (
      revision: string,
      injectors = [{ revision: '1-31', tag: 'prod' }],
    ) =>
      judge(told({}), {
        workload: { revision },
        inputs: { istiod },
        facts: { injection: { injectors } },
      });

    it('is doubtful, since providers and defaults may be others there', () => {
      const rung = of('1-30');
      expect(rung).toMatchObject({
        verdict: 'doubtful',
        code: 'other-revision',
        cause: expect.stringContaining('revision 1-30'),
      });
      expect(rung.mends).toMatchObject([
        {
          command:
            'kubectl label namespace shop istio.io/rev=1-31 --overwrite istio-injection- && kubectl -n shop rollout restart deployment/reviews',
        },
        { kind: 'config', yaml: expect.stringContaining('revision: 1-30') },
      ]);
    });

    it('is well for a tag that stands for the revision', () => {
      expect(of('prod').verdict).toBe('good');
    });

    it('is not guessed where the revision of istiod is not known', () => {
      expect(
        judge(told({}), {
          workload: { revision: '1-30' },
          inputs: { istiod: { environmentKnown: false } },
        }).verdict,
      ).toBe('good');
    });
  });
});
