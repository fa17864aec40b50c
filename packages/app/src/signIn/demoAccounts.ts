import type { ConfigApi } from '@backstage/core-plugin-api';

/** Someone to sign in as in the demo and lab configurations. */
export interface DemoAccount {
  provider: 'guest' | 'demo';
  entityRef: string;
  title: string;
  description: string;
}

/** The guest, and the users that the configuration names. */
export function readDemoAccounts(config: ConfigApi): DemoAccount[] {
  const users =
    config.getOptionalConfigArray('auth.providers.demo.users') ?? [];
  return [
    {
      provider: 'guest',
      entityRef: 'user:default/guest',
      title: 'Guest',
      description: 'Look around with a few services of your own',
    },
    ...users.map(user => ({
      provider: 'demo' as const,
      entityRef: user.getString('entityRef'),
      title: user.getString('title'),
      description: user.getString('description'),
    })),
  ];
}
