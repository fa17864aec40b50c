import { ConfigReader } from '@backstage/config';
import { readDemoConfig } from './readDemoConfig';

const config = (demo?: {
  enabled?: boolean;
  seed?: number;
  history?: string;
  allowInProduction?: boolean;
}) => new ConfigReader(demo ? { meshTracing: { demo } } : {});

describe('readDemoConfig', () => {
  it.each([undefined, { enabled: false }, { seed: 3 }])(
    'gives nothing unless it is enabled: %s',
    demo => {
      expect(readDemoConfig(config(demo), 'development')).toBeUndefined();
      expect(readDemoConfig(config(demo), 'production')).toBeUndefined();
    },
  );

  it('reads the seed and the length of the history', () => {
    expect(
      readDemoConfig(
        config({ enabled: true, seed: 3, history: '5m' }),
        undefined,
      ),
    ).toEqual({ seed: 3, historyMs: 300_000 });
    expect(readDemoConfig(config({ enabled: true }), 'test')).toEqual({
      seed: expect.any(Number),
      historyMs: 3_600_000,
    });
  });

  it('refuses production and says how to go on', () => {
    expect(() =>
      readDemoConfig(config({ enabled: true }), 'production'),
    ).toThrow(/NODE_ENV is production.*meshTracing\.demo\.allowInProduction/s);
  });

  it('runs in production when that is explicitly allowed', () => {
    const demo = { enabled: true, allowInProduction: true };
    expect(readDemoConfig(config(demo), 'production')).toBeDefined();
  });
});
