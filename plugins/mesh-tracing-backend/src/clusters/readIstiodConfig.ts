import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { withoutEnd } from 'backstage-plugin-mesh-tracing-common';
import { isPlainText, plainTextRefusal } from '../shared/plainText';
import type { IstiodConfig } from './ClusterConfig';

/**
 * Reads `istiod` of a cluster; undefined when there is none.
 *
 * @throws InputError with the path in the configuration and what to write
 *   instead
 */
export function readIstiodConfig(
  cluster: Config,
  clusterPath: string,
): IstiodConfig | undefined {
  const config = cluster.getOptionalConfig('istiod');
  if (!config) {
    return undefined;
  }
  const path = `${clusterPath}.istiod`;
  const debugUrls = config.getOptionalStringArray('debugUrls') ?? [];
  if (debugUrls.length === 0) {
    throw wrong(
      `${path}.debugUrls`,
      'is missing; give the URLs of istiod, such as [http://istiod.istio-system:15014]',
    );
  }
  debugUrls.forEach((url, index) => check(url, `${path}.debugUrls[${index}]`));
  const token = config.getOptionalString('token');
  const tokenFile = config.getOptionalString('tokenFile');
  if (token && tokenFile) {
    throw wrong(`${path}.token`, 'stands beside tokenFile; keep one of them');
  }
  const allowPlainText = config.getOptionalBoolean('allowPlainText');
  const exposed = debugUrls.findIndex(isPlainText);
  if ((token || tokenFile) && exposed >= 0 && !allowPlainText) {
    throw wrong(`${path}.debugUrls[${exposed}]`, plainTextRefusal('the token'));
  }
  const caFile = config.getOptionalString('caFile');
  return {
    debugUrls: debugUrls.map(url => withoutEnd(url, '/')),
    ...(token && { token }),
    ...(tokenFile && { tokenFile }),
    ...(caFile && { caFile }),
    ...(allowPlainText && { allowPlainText }),
  };
}

function check(text: string, path: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw wrong(
      path,
      'is not a URL of istiod; write it like http://istiod.istio-system:15014',
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw wrong(
      path,
      'contains credentials, a query or a fragment; leave only scheme, host, port and path',
    );
  }
}

function wrong(path: string, problem: string): InputError {
  return new InputError(`Configuration ${path} ${problem}`);
}
