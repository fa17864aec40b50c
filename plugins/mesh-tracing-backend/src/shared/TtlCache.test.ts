import { TtlCache } from './TtlCache';

describe('TtlCache', () => {
  it('asks once for those who ask at the same time, and shortly after', async () => {
    const cache = TtlCache.create<number>({ ttlMs: 60_000, max: 10 });
    const load = jest.fn(async () => 1);
    const answers = await Promise.all([
      cache.get('a', load),
      cache.get('a', load),
    ]);
    expect([...answers, await cache.get('a', load)]).toEqual([1, 1, 1]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps keys apart', async () => {
    const cache = TtlCache.create<string>({ ttlMs: 60_000, max: 10 });
    await cache.get('a', async () => 'a');
    expect(await cache.get('b', async () => 'b')).toBe('b');
  });

  it('does not remember a failure', async () => {
    const cache = TtlCache.create<number>({ ttlMs: 60_000, max: 10 });
    const fails = async () => {
      throw new Error('away');
    };
    await expect(cache.get('a', fails)).rejects.toThrow('away');
    expect(await cache.get('a', async () => 2)).toBe(2);
  });

  it('does not remember an answer that all callers stopped waiting for, and asks anew', async () => {
    const cache = TtlCache.create<number>({ ttlMs: 60_000, max: 10 });
    const gone = new AbortController();
    const left = cache.get(
      'a',
      signal =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      gone.signal,
    );
    gone.abort(new Error('left'));
    expect(await cache.get('a', async () => 2)).toBe(2);
    await expect(left).rejects.toThrow('left');
    expect(await cache.get('a', async () => 3)).toBe(2);
  });
});
