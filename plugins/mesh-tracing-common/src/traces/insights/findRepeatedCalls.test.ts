import { findRepeatedCalls } from './findRepeatedCalls';
import { sketchTrace, type SpanSketch } from '../../testing/traces/spans';

describe('findRepeatedCalls', () => {
  const queries = (count: number, step: number): SpanSketch[] => [
    { id: 'p', start: 0, duration: 200 },
    ...Array.from({ length: count }, (_, i) => ({
      id: `q${i}`,
      parent: 'p',
      operation: 'SELECT',
      start: i * step,
      duration: 5,
    })),
  ];

  it('finds more than ten similar calls in a row', () => {
    expect(findRepeatedCalls(sketchTrace(queries(11, 6)))).toMatchObject([
      { operation: 'SELECT', count: 11, totalUs: 55, shareOfParent: 55 / 200 },
    ]);
  });

  it.each<[string, number, number]>([
    ['ten calls', 10, 6],
    ['calls side by side', 20, 1],
  ])('does not suspect %s', (_, count, step) => {
    expect(findRepeatedCalls(sketchTrace(queries(count, step)))).toEqual([]);
  });
});
