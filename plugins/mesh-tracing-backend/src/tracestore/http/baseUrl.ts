import { InputError } from '@backstage/errors';
import type { JaegerStoreConfig } from '../config/JaegerStoreConfig';

/**
 * The URL that API paths are appended to: `url` and `basePath`, with or without
 * trailing slashes; a trailing `/api` or `/api/v3` is forgiven.
 *
 * @throws InputError when the URL is not an HTTP URL
 */
export function baseUrlOf(
  config: Pick<JaegerStoreConfig, 'name' | 'url' | 'basePath'>,
): URL {
  const url = URL.canParse(config.url) ? new URL(config.url) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new InputError(
      `The URL of trace store '${config.name}' is not an http or https URL`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `The URL of trace store '${config.name}' holds credentials; put them under 'auth'`,
    );
  }
  const path = `${url.pathname}/${config.basePath ?? ''}`
    .split('/')
    .filter(part => part !== '')
    .join('/')
    .replace(/(^|\/)api(\/v3)?$/, '');
  url.pathname = `/${path}`;
  url.search = '';
  url.hash = '';
  return url;
}
