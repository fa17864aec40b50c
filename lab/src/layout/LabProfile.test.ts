import { LAB_PROFILES, readLabProfile } from './LabProfile';

describe('readLabProfile', () => {
  it.each([...LAB_PROFILES])('knows %s', profile => {
    expect(readLabProfile(profile)).toBe(profile);
  });

  it('names those that there are', () => {
    expect(() => readLabProfile('cassandra')).toThrow(
      /no profile "cassandra".*plain, badger, production/,
    );
  });
});
