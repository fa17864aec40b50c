import { shareOf } from './shareOf';

describe('what one caller may hold of something shared', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [6, 4],
    [30, 20],
  ])('is, of a total of %p, %p', (total, share) => {
    expect(shareOf(total)).toBe(share);
  });
});
