import { ConfigReader } from '@backstage/config';
import { readDemoUsers } from './readDemoUsers';

const users = [
  { entityRef: 'user:default/olivia', title: 'Olivia', description: 'Owner' },
];
const demo = { auth: { providers: { demo: { users } } } };

describe('readDemoUsers', () => {
  it('finds the users in development', () => {
    expect(readDemoUsers(new ConfigReader(demo), 'development')).toEqual([
      'user:default/olivia',
    ]);
  });

  it('is off without configuration, in production too', () => {
    expect(readDemoUsers(new ConfigReader({}), 'production')).toBeUndefined();
  });

  it.each([
    ['production', demo],
    [undefined, demo],
    ['development', { auth: { environment: 'production', ...demo.auth } }],
  ])('refuses a production start (NODE_ENV %s)', (nodeEnv, config) => {
    expect(() => readDemoUsers(new ConfigReader(config), nodeEnv)).toThrow(
      /auth\.providers\.demo lets anyone sign in as anyone/,
    );
  });
});
