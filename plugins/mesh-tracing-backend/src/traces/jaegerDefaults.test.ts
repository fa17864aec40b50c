import { jaegerDefaults } from './jaegerDefaults';

function read(annotations: Record<string, string>) {
  return jaegerDefaults({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'x',
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [
          `jaegertracing.io/${key}`,
          value,
        ]),
      ),
    },
  });
}

describe('jaegerDefaults', () => {
  it('reads operation, lookback and limit', () => {
    expect(read({ operation: 'GET /', lookback: '2d', limit: '20' })).toEqual({
      operation: 'GET /',
      lookbackMs: 172_800_000,
      limit: 20,
    });
  });

  it.each(['', 'soon', '2y', '-1h', '1.5h'])(
    'leaves out the lookback %j',
    lookback => {
      expect(read({ lookback }).lookbackMs).toBeUndefined();
    },
  );

  it('leaves out what is longer than a query may be', () => {
    expect(
      read({
        operation: 'o'.repeat(1_001),
        lookback: `${'1'.repeat(7)}s`,
        limit: '0'.repeat(100_000),
      }),
    ).toEqual({});
  });

  it.each(['0', '501', 'many', '1.5', '1e2', '0x10', ''])(
    'leaves out the limit %j',
    limit => {
      expect(read({ limit }).limit).toBeUndefined();
    },
  );
});
