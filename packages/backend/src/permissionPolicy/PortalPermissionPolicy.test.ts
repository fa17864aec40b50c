import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  meshReadPermission,
  samplingAnyUpdatePermission,
  samplingMeshUpdatePermission,
  samplingNamespaceUpdatePermission,
  samplingUpdatePermission,
  tracesReadPermission,
} from 'backstage-plugin-mesh-tracing-common';
import { PortalPermissionPolicy } from './PortalPermissionPolicy';

function signedIn(...ownershipEntityRefs: string[]): PolicyQueryUser {
  const credentials = mockCredentials.user('user:default/someone');
  return {
    identity: {
      type: 'user',
      userEntityRef: 'user:default/someone',
      ownershipEntityRefs,
    },
    credentials,
    info: { userEntityRef: 'user:default/someone', ownershipEntityRefs },
    token: 'unused',
    expiresInSeconds: 3600,
  } as PolicyQueryUser;
}

describe('PortalPermissionPolicy', () => {
  const policy = new PortalPermissionPolicy();
  const decide = (permission: Permission, user?: PolicyQueryUser) =>
    policy.handle({ permission }, user);

  it('denies everything to someone who is not signed in', async () => {
    await expect(decide(tracesReadPermission)).resolves.toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it('lets everyone who is signed in read traces', async () => {
    await expect(decide(tracesReadPermission, signedIn())).resolves.toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });

  it('leaves sampling of an entity to its owners', async () => {
    await expect(
      decide(samplingUpdatePermission, signedIn('group:default/storefront')),
    ).resolves.toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'catalog',
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        params: { claims: ['group:default/storefront'] },
      },
    });
  });

  it.each([
    samplingNamespaceUpdatePermission,
    samplingMeshUpdatePermission,
    samplingAnyUpdatePermission,
    meshReadPermission,
  ])(
    'leaves wider changes, those for other teams, and the mesh as a whole to the platform group',
    async permission => {
      await expect(
        decide(permission, signedIn('group:default/storefront')),
      ).resolves.toEqual({ result: AuthorizeResult.DENY });
      await expect(
        decide(permission, signedIn('group:default/platform')),
      ).resolves.toEqual({ result: AuthorizeResult.ALLOW });
    },
  );
});
