import type { JaegerStoreConfig } from '../config/JaegerStoreConfig';
import type { StoreAuth } from '../config/StoreAuth';

function authorization(auth: StoreAuth | undefined): Record<string, string> {
  switch (auth?.type) {
    case 'bearer':
      return { authorization: `Bearer ${auth.token}` };
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${auth.password}`);
      return { authorization: `Basic ${pair.toString('base64')}` };
    }
    default:
      return {};
  }
}

/** What is sent with each request to a store; names are in lower case. */
export function requestHeaders(
  config: Pick<JaegerStoreConfig, 'auth' | 'headers' | 'tenant'>,
): Record<string, string> {
  const custom = Object.entries(config.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  return {
    accept: 'application/json',
    'accept-encoding': 'gzip, deflate, br',
    ...Object.fromEntries(custom),
    ...(config.tenant
      ? {
          [(config.tenant.header ?? 'x-tenant').toLowerCase()]:
            config.tenant.value,
        }
      : {}),
    ...authorization(config.auth),
  };
}
