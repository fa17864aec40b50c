import { mockCredentials } from '@backstage/backend-test-utils';

/** Groups that sign-in tells of each user: the direct ones, as resolvers do. */
export const groupsOf: Record<string, string[]> = {
  'user:default/olivia': [],
  'user:default/mia': ['group:default/storefront'],
  'user:default/nina': ['group:default/storefront-web'],
  'user:default/lena': ['group:default/loop-a'],
  'user:default/pia': ['group:default/company'],
  'user:default/max': ['group:default/payments'],
};

/** Who knocks, and with what in the hand. */
export const personas = {
  none: mockCredentials.none.header(),
  'service token': mockCredentials.service.header(),
  'invalid token': mockCredentials.user.invalidHeader(),
  stranger: mockCredentials.user.header('user:default/max'),
  owner: mockCredentials.user.header('user:default/olivia'),
  'member of the owning group': mockCredentials.user.header('user:default/mia'),
  'member of a child of the owning group':
    mockCredentials.user.header('user:default/nina'),
  'member of groups in a circle':
    mockCredentials.user.header('user:default/lena'),
  'member of the parent of the owning group':
    mockCredentials.user.header('user:default/pia'),
} as const;

/** Name of a persona. */
export type Persona = keyof typeof personas;
