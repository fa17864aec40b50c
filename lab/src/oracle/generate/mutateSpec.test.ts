import fc from 'fast-check';
import { mutateSpec } from './mutateSpec';
import { Random } from '../../checks/Random';

const spec = { selector: { matchLabels: { app: 'x' } }, tracing: [{}] };

describe('mutateSpec', () => {
  it('changes a copy, the same way for the same seed', () => {
    fc.assert(
      fc.property(fc.nat(), seed => {
        const before = structuredClone(spec);
        const mutated = mutateSpec(Random.of(seed), spec);

        expect(spec).toEqual(before);
        expect(mutateSpec(Random.of(seed), spec)).toEqual(mutated);
      }),
    );
  });

  it('reaches every part of a spec', () => {
    const mutated = Array.from({ length: 300 }, (_, seed) =>
      JSON.stringify(mutateSpec(Random.of(seed), spec)),
    );

    expect(mutated.some(text => !text.includes('selector'))).toBe(true);
    expect(mutated.some(text => text.includes('"matchLabels":null'))).toBe(
      true,
    );
    expect(mutated.some(text => text.includes('"app":null'))).toBe(true);
    expect(mutated.some(text => text.includes('"tracing":[null]'))).toBe(true);
  });
});
