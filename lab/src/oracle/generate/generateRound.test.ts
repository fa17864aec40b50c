import { validateTelemetry } from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { generateRounds } from './generateRound';
import { STATES_PER_ROUND } from './OracleRound';

const rounds = generateRounds(7, 90, 20);
const states = rounds.flatMap(round => round.states);
const chains = states.flatMap(state => state.chains);
const telemetries = chains.flatMap(chain =>
  chain.telemetries.map(({ telemetry }) => telemetry),
);
const proxies = chains.flatMap(chain => chain.proxies);

describe('generateRounds', () => {
  it('makes the same rounds of the same seed and other ones of another', () => {
    expect(generateRounds(7, 90, 20)).toEqual(rounds);
    expect(generateRounds(8, 90, 20)).not.toEqual(rounds);
  });

  it('makes as many chains as wanted', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.integer({ min: 5, max: 20 }),
        (count, plots) => {
          const indices = generateRounds(1, count, plots)
            .flatMap(round => round.states)
            .flatMap(state => state.chains)
            .flatMap(chain => chain.index ?? []);

          expect(indices.sort((a, b) => a - b)).toEqual(
            Array.from({ length: count }, (_, index) => index),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('changes the root namespace from each state to the next', () => {
    const roots = states.map(state => state.rootNamespace);

    expect(new Set(roots).size).toBe(STATES_PER_ROUND);
    expect(roots.some((root, i) => i > 0 && root === roots[i - 1])).toBe(false);
  });

  it('writes only what CRD and webhook accept', () => {
    const refused = telemetries.flatMap(telemetry =>
      validateTelemetry(telemetry).errors.filter(({ by }) => by !== 'portal'),
    );

    expect(refused).toEqual([]);
  });

  it('gives no two Telemetries of a round the same name', () => {
    for (const round of rounds) {
      const names = round.states
        .flatMap(state => state.chains)
        .flatMap(chain => chain.telemetries)
        .map(({ telemetry: { metadata } }) =>
          [metadata.namespace, metadata.name].join('/'),
        );

      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('never names the provider that makes istiod panic', () => {
    expect(JSON.stringify(rounds).toLowerCase()).not.toContain('lightstep');
  });

  it('has every kind of proxy and every way to attach', () => {
    const has = (test: RegExp) =>
      telemetries.some(({ spec }) => test.test(JSON.stringify(spec)));

    expect(new Set(proxies.map(({ proxy }) => proxy.kind)).size).toBe(3);
    expect(has(/"matchLabels":\{"app"/)).toBe(true);
    for (const kind of ['Gateway', 'GatewayClass', 'Service', 'ServiceEntry']) {
      expect(has(new RegExp(`"targetRefs".*"kind":"${kind}"`))).toBe(true);
    }
    expect(has(/"targetRef":/)).toBe(true);
    expect(has(/"mode":"CLIENT"/)).toBe(true);
    expect(has(/"mode":"SERVER"/)).toBe(true);
    expect(has(/"customTags":\{\}/)).toBe(true);
    expect(has(/"randomSamplingPercentage":null/)).toBe(true);
  });
});
