import {
  expiryKey,
  leftKey,
  limitKey,
  outsideKey,
  refusalKey,
  removalKey,
  warningKey,
} from './claimKeys';

const OBJECT = { cluster: 'main', namespace: 'shop', uid: 'u1' };
const END = '2026-11-20T13:00:00.000Z';

describe('a claim that replicas of two versions share', () => {
  it.each([
    ['to end an override', expiryKey(OBJECT), 'expire|main|shop|u1'],
    ['to warn', warningKey(OBJECT, END), `warn|main|shop|u1|${END}`],
    [
      'to tell of what stays',
      leftKey(OBJECT, undefined),
      'left|main|shop|u1|undefined',
    ],
    [
      'to record a change by others',
      outsideKey({ ...OBJECT, resourceVersion: '7' }),
      'outside|main|shop|u1|7',
    ],
    ['to record a removal', removalKey(OBJECT), 'removal|main|shop|u1'],
    [
      'to tell of a refusal by proxies',
      refusalKey('main|shop|u1|h'),
      'refused|main|shop|u1|h',
    ],
    ['to count changes', limitKey('user:default/ada'), 'limit|68ea366103cf'],
  ])('%s has the key that it always had', (_, key, expected) => {
    expect(key.slice(0, expected.length)).toBe(expected);
  });
});
