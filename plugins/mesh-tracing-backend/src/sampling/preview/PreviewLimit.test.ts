import { PreviewLimit } from './PreviewLimit';

const at = (seconds: number) => new Date(1_000 * seconds);
const take = (limit: PreviewLimit, times: number, now: Date, user = 'ada') => {
  for (let i = 0; i < times; i += 1) {
    limit.take(user, now);
  }
};

describe('previews of one person', () => {
  it('are bounded at a time, and again possible a little later', () => {
    const limit = PreviewLimit.create(20);
    take(limit, 60, at(0));
    expect(() => limit.take('ada', at(0))).toThrow(
      'You previewed, or tried in vain, more than 60 changes within a minute; try again in 1 seconds',
    );
    expect(() => limit.take('ada', at(1))).not.toThrow();
    expect(() => limit.take('ada', at(1))).toThrow('try again');
  });

  it('do not use up those of another', () => {
    const limit = PreviewLimit.create(20);
    take(limit, 60, at(0));
    expect(() => limit.take('bob', at(0))).not.toThrow();
  });

  it('do not add up beyond the burst after a pause, nor change when the clock goes back', () => {
    const limit = PreviewLimit.create(20);
    take(limit, 60, at(1_000));
    expect(() => limit.take('ada', at(0))).toThrow('try again');
    expect(() => take(limit, 61, at(9_000))).toThrow('try again');
  });

  it('are used up by changes that are refused, and not by those that are made', () => {
    const limit = PreviewLimit.create(20);
    for (let i = 0; i < 200; i += 1) {
      limit.reserve('ada', at(0))();
    }
    for (let i = 0; i < 60; i += 1) {
      limit.reserve('ada', at(0));
    }
    expect(() => limit.reserve('ada', at(0))).toThrow('try again in 1 seconds');
    expect(() => limit.take('ada', at(0))).toThrow('try again');
  });

  it('bound changes that are under way at once', () => {
    const limit = PreviewLimit.create(20);
    const underWay = Array.from({ length: 60 }, () =>
      limit.reserve('ada', at(0)),
    );
    expect(() => limit.reserve('ada', at(0))).toThrow('try again');
    underWay.forEach(giveBack => giveBack());
    expect(() => take(limit, 60, at(0))).not.toThrow();
    expect(() => limit.take('ada', at(0))).toThrow('try again');
  });

  it('are bounded at three times the changes allowed, where that is more than 60', () => {
    const limit = PreviewLimit.create(1_000);
    expect(() => take(limit, 3_000, at(0))).not.toThrow();
    expect(() => limit.take('ada', at(0))).toThrow('try again');
  });
});
