import { correctClockSkew } from './correctClockSkew';
import { sketchTrace, type SpanSketch } from '../../testing/traces/spans';

describe('correctClockSkew', () => {
  const host = (name: string) => ({ 'host.name': name });
  const parent: SpanSketch = {
    id: 'p',
    start: 10,
    duration: 100,
    resource: host('a'),
  };

  it.each<[string, number, number, number]>([
    ['inside', 20, 50, 20],
    ['before', 0, 50, 35],
    ['longer', 0, 150, 10],
    ['longer, from within', 50, 150, 50],
    ['after', 80, 50, 35],
  ])(
    'moves a child of another host that is %s',
    (_, start, duration, expected) => {
      const child = {
        id: 'c',
        parent: 'p',
        start,
        duration,
        resource: host('b'),
      };
      const trace = sketchTrace([parent, child]);
      const corrected = correctClockSkew(trace)?.trace ?? trace;
      const moved = corrected.spans.find(span => span.operation === 'c');
      expect(moved?.offsetUs).toBe(expected);
      expect(trace.spans[1]?.offsetUs).toBe(start);
    },
  );

  it.each([
    [
      { 'host.id': 'x', 'host.ip': '1' },
      { 'host.id': 'x', 'host.ip': '2' },
    ],
    [{ 'host.ip': ['1', '2'] }, { 'host.ip': '1', 'host.name': 'other' }],
    [{ 'host.name': 'x' }, { 'host.name': 'x' }],
    [
      { hostname: 'web-1', ip: '10.1.2.3' },
      { hostname: 'web-1', ip: '10.1.2.3' },
    ],
    [{ hostname: 'web-1' }, { 'host.name': 'web-1' }],
    [{ ip: 167838211 }, { ip: '10.1.2.3' }],
    [{ ip: -1062731775 }, { 'host.ip': '192.168.0.1' }],
    [{ ip: '10.1.2.3', 'host.name': 'x' }, { 'host.name': 'x' }],
    [{ hostname: ['old', 'x'] }, { hostname: 'x' }],
  ])(
    'knows a host by its id, else its addresses, else its names: %j and %j',
    (a, b) => {
      const trace = sketchTrace([
        { ...parent, resource: a },
        { id: 'c', parent: 'p', start: 0, duration: 50, resource: b },
      ]);
      expect(correctClockSkew(trace)).toBeUndefined();
    },
  );

  it.each([
    [{ ip: '10.1.2.3' }, { ip: '10.1.2.4' }],
    [
      { 'host.id': 'x', hostname: 'same' },
      { 'host.id': 'y', hostname: 'same' },
    ],
    [{ ip: '' }, { ip: '' }],
    [{ ip: '10.1.2.3' }, { hostname: 'web-1' }],
  ])('tells hosts apart, and knows none without a name: %j and %j', (a, b) => {
    const trace = sketchTrace([
      { ...parent, resource: a },
      { id: 'c', parent: 'p', start: 0, duration: 50, resource: b },
    ]);
    expect(correctClockSkew(trace)?.movedSpanIds).toHaveLength(1);
  });

  it.each<[string, number, number]>([
    ['before it', 0, 10],
    ['after it', 200, 200],
  ])(
    'lets a span that follows from its parent end after it, not begin %s',
    (_, start, expected) => {
      const trace = sketchTrace([
        parent,
        {
          id: 'c',
          parent: 'p',
          followsFrom: true,
          start,
          duration: 50,
          resource: host('b'),
        },
      ]);
      const corrected = correctClockSkew(trace)?.trace ?? trace;
      expect(
        corrected.spans.find(span => span.operation === 'c')?.offsetUs,
      ).toBe(expected);
    },
  );

  it('moves events with their span', () => {
    const trace = sketchTrace([
      parent,
      {
        id: 'c',
        parent: 'p',
        start: 0,
        duration: 50,
        resource: host('b'),
        events: [{ offsetUs: 5, name: 'e', attributes: {} }],
      },
    ]);
    const corrected = correctClockSkew(trace)?.trace.spans[1];
    expect(corrected?.events[0]?.offsetUs).toBe(40);
  });

  it('moves what follows on that host along, and never a child of the same host', () => {
    const trace = sketchTrace([
      parent,
      { id: 'c', parent: 'p', start: 50, duration: 70, resource: host('b') },
      { id: 'd', parent: 'c', start: 60, duration: 20, resource: host('b') },
      { id: 'e', parent: 'p', start: 0, duration: 5, resource: host('a') },
    ]);
    const offsets = correctClockSkew(trace)?.trace.spans.map(
      span => `${span.operation} ${span.offsetUs}`,
    );
    expect(offsets).toEqual(['e 0', 'p 10', 'c 25', 'd 35']);
  });
});
