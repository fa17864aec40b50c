import { countingEntries, onlySide, withoutDefaults } from './expectedEntries';

const both = {};
const client = { match: { mode: 'CLIENT' } };
const server = { match: { mode: 'SERVER' } };

describe('countingEntries', () => {
  it.each([
    ['sidecar', [both, client, server]],
    ['gateway', [both, client]],
    ['waypoint', [both, server]],
  ] as const)('keeps those that concern a %s', (kind, expected) => {
    expect(countingEntries([both, client, server], kind)).toEqual(expected);
  });
});

describe('onlySide', () => {
  it('is the client of a gateway and the server of a waypoint', () => {
    expect(onlySide('gateway')).toBe('client');
    expect(onlySide('waypoint')).toBe('server');
    expect(onlySide('sidecar')).toBeUndefined();
  });
});

describe('withoutDefaults', () => {
  it('removes what protocol buffers do not keep', () => {
    expect(
      withoutDefaults([
        {
          match: { mode: 'CLIENT_AND_SERVER' },
          providers: [],
          customTags: {},
          randomSamplingPercentage: null,
        },
        { customTags: { a: { header: { name: 'x', defaultValue: '' } } } },
      ]),
    ).toEqual([
      { match: {} },
      { customTags: { a: { header: { name: 'x' } } } },
    ]);
  });

  it('keeps zeros, false and tags without a kind', () => {
    const entry = {
      customTags: { a: {} },
      disableSpanReporting: false,
      randomSamplingPercentage: 0,
    };

    expect(withoutDefaults(entry)).toEqual(entry);
  });
});
