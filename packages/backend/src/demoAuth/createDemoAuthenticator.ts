import { NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** Header that names the demo user. */
const HEADER = 'x-demo-user';

/** Takes the user from a header; only configured users are accepted. */
export function createDemoAuthenticator(entityRefs: readonly string[]) {
  return createProxyAuthenticator({
    defaultProfileTransform: async (_result: { entityRef: string }) => ({
      profile: {},
    }),
    initialize: () => undefined,
    async authenticate({ req }) {
      const entityRef = req.header(HEADER);
      if (!entityRef || !entityRefs.includes(entityRef)) {
        throw new NotAllowedError(
          `The header ${HEADER} must name one of the configured demo users`,
        );
      }
      return { result: { entityRef } };
    },
  });
}
