import type { Telemetry } from '../../../tracing';
import { factsOf, mended } from '../../../testing/configurationFacts';
import {
  meshWithoutDefault,
  reviews,
  telemetry,
} from '../../../testing/tracing';
import { makesSpans } from '../mends/isMended';
import { judgeTelemetry } from './judgeTelemetry';

const zero = { tracing: [{ randomSamplingPercentage: 0 }] };
const ten = {
  tracing: [{ providers: [{ name: 'otel' }], randomSamplingPercentage: 10 }],
};

function judge(telemetries: Telemetry[], meshConfig = meshWithoutDefault) {
  const facts = factsOf({ telemetries, inputs: { meshConfig } });
  return { facts, rung: judgeTelemetry(facts) };
}

describe('the rung of the Telemetries', () => {
  it('is well when they do what they say, and names those that take part', () => {
    const { rung } = judge([telemetry('istio-system/mesh', ten)]);
    expect(rung).toMatchObject({
      verdict: 'good',
      cause:
        'One Telemetry reaches the workload and does what it says: istio-system/mesh.',
    });
    expect(rung.evidence[0]?.source).toBe('Telemetry istio-system/mesh');
  });

  it.each([
    [
      'an older one for the whole namespace hides it',
      [telemetry('shop/a', zero), telemetry('shop/b', ten, 1)],
      'several-namespace-wide',
    ],
    [
      'an older one without tracing hides it',
      [telemetry('shop/a', { metrics: [] }), telemetry('shop/b', ten, 1)],
      'several-namespace-wide',
    ],
    [
      'its selector stands in the root namespace',
      [telemetry('istio-system/r', { selector: reviews, ...ten })],
      'root-selector-without-effect',
    ],
    [
      'its selector has a label that no workload has',
      [
        telemetry('shop/r', {
          selector: { matchLabels: { app: 'reveiws' } },
          ...ten,
        }),
      ],
      'selector-matches-nothing',
    ],
  ])(
    'is broken where the one that would trace is ignored: %s, and the mend brings the spans',
    (_, telemetries, code) => {
      const { facts, rung } = judge(telemetries);
      expect(makesSpans(facts.effective)).toBe(false);
      expect(rung).toMatchObject({ id: 'telemetry', verdict: 'broken', code });
      expect(makesSpans(mended(facts, rung.mends[0]).effective)).toBe(true);
    },
  );

  it.each([
    ['without the other, which said nothing else', ten, ['a']],
    ['with what else the other said', { ...ten, metrics: [] }, ['a', 'b']],
  ])(
    'is in order after one section was moved into another: %s',
    (_, spec, left) => {
      const { facts, rung } = judge([
        telemetry('shop/a', zero),
        telemetry('shop/b', spec, 1),
      ]);
      const after = mended(facts, rung.mends[0]);
      const { telemetries } = after.inputs;
      expect(telemetries.map(({ metadata }) => metadata.name)).toEqual(left);
      expect(telemetries[0]?.spec).toMatchObject(ten);
      expect(telemetries[1]?.spec).toEqual(
        left.length > 1 ? { metrics: [] } : undefined,
      );
    },
  );

  it('is only doubtful where spans are made all the same', () => {
    const { rung } = judge([
      telemetry('shop/a', ten),
      telemetry('shop/b', zero, 1),
    ]);
    expect(rung).toMatchObject({
      verdict: 'doubtful',
      code: 'several-namespace-wide',
      mends: [{ kind: 'command' }],
    });
  });

  it('leaves the blame with another rung where removing the obstacle would not help', () => {
    const { rung } = judge([
      telemetry('shop/a', zero),
      telemetry('shop/b', zero, 1),
    ]);
    expect(rung).toMatchObject({ verdict: 'doubtful' });
  });

  it('does not doubt a selector that is meant for others', () => {
    const { rung } = judge([
      telemetry('istio-system/mesh', ten),
      telemetry('shop/r', {
        selector: { matchLabels: { app: 'checkout' } },
        ...zero,
      }),
    ]);
    expect(rung.verdict).toBe('good');
  });

  it('is broken by a Telemetry that can not be read', () => {
    const { rung } = judge([
      telemetry('shop/a', { selector: reviews, tracing: 'all' as never }),
    ]);
    expect(rung).toMatchObject({ code: 'telemetry-malformed' });
  });

  it('can not tell where Telemetries may not be read, and names the rule', () => {
    const unread = [
      {
        what: 'telemetries',
        message: 'The portal may not read telemetries.',
        whatToDo: 'Grant the rule.',
      },
    ];
    expect(judgeTelemetry(factsOf({ facts: { unread } }))).toMatchObject({
      verdict: 'unknown',
      needs: 'Grant the rule.',
    });
  });
});
