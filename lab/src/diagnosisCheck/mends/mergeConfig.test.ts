import { mergeConfig, substituteEnvironment } from './mergeConfig';

const CONFIG = {
  clusters: [{ name: 'lab' }],
  traceStores: [
    { name: 'lab', jaeger: { url: 'http://a', tenant: { value: 'x' } } },
    { name: 'other', jaeger: { url: 'http://b' } },
  ],
};

describe('a part of a configuration', () => {
  it('is written into the item of its name, and leaves the rest', () => {
    const part = { traceStores: [{ name: 'lab', jaeger: { basePath: '/j' } }] };
    expect(mergeConfig(CONFIG, part)).toEqual({
      clusters: [{ name: 'lab' }],
      traceStores: [
        {
          name: 'lab',
          jaeger: { url: 'http://a', tenant: { value: 'x' }, basePath: '/j' },
        },
        { name: 'other', jaeger: { url: 'http://b' } },
      ],
    });
  });

  it('replaces lists whose items have no names, and texts', () => {
    expect(mergeConfig({ a: [1, 2], b: 'x' }, { a: [3], b: 'y' })).toEqual({
      a: [3],
      b: 'y',
    });
  });

  it('gets the values of its environment', () => {
    const set = { TOKEN: 'secret' };
    expect(substituteEnvironment('token: ${TOKEN}', set)).toBe('token: secret');
    expect(() => substituteEnvironment('${OTHER}', set)).toThrow(
      'which nobody sets',
    );
  });
});
