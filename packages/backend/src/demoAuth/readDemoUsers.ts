import type { Config } from '@backstage/config';

/**
 * Entity refs of the demo users, or undefined when none are configured.
 *
 * @throws Error in production: whoever reaches the portal could become anyone.
 */
export function readDemoUsers(
  config: Config,
  nodeEnv: string | undefined,
): string[] | undefined {
  const users = config.getOptionalConfigArray('auth.providers.demo.users');
  if (!users) return undefined;
  if (
    nodeEnv !== 'development' ||
    config.getOptionalString('auth.environment') === 'production'
  ) {
    throw new Error(
      "auth.providers.demo lets anyone sign in as anyone and is refused outside of development; remove it from the configuration, or start with NODE_ENV=development and without auth.environment 'production'",
    );
  }
  return users.map(user => user.getString('entityRef'));
}
