import { ConfigReader } from '@backstage/config';
import { readReadLimits } from './readReadLimits';

const read = (reads?: object) =>
  readReadLimits(new ConfigReader({ meshTracing: { reads } } as never));

describe('readReadLimits', () => {
  it('bounds reads without configuration', () => {
    expect(read()).toEqual({ perUser: 4, total: 16, waitingPerUser: 100 });
  });

  it('reads what a site wants', () => {
    expect(read({ perUser: 2, total: 8, waitingPerUser: 10 })).toEqual({
      perUser: 2,
      total: 8,
      waitingPerUser: 10,
    });
  });

  it.each([
    [{ perUser: 0 }, /reads\.perUser is 0; it must be a whole number from 1/],
    [{ total: 1.5 }, /reads\.total is 1\.5/],
    [{ waitingPerUser: -1 }, /reads\.waitingPerUser is -1/],
    [{ perUser: 20 }, /reads\.perUser is 20 and meshTracing\.reads\.total 16/],
  ])('refuses %p, with the path', (reads, message) => {
    expect(() => read(reads)).toThrow(message);
  });
});
