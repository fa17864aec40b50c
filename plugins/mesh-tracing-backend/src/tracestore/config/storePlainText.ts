import {
  headerRefusal,
  holdsCredential,
} from 'backstage-plugin-mesh-tracing-common';
import type { JaegerStoreConfig } from './JaegerStoreConfig';
import type { StoreAuth } from './StoreAuth';
import { isPlainText } from '../../shared/plainText';

/** Credentials that a store's configuration sends over plain http. */
export interface StorePlainText {
  /** Which part of the store's configuration. */
  part: 'jaeger' | 'prometheus';
  /** What is sent, in words. */
  sends: string;
  /** The site says that it wants it so. */
  allowed: boolean;
}

interface Endpoint {
  url: string;
  auth?: StoreAuth;
  headers?: Record<string, string>;
  allowPlainText?: boolean;
}

/** All parts of a store that send credentials to another machine by plain http. */
export function storePlainText(store: JaegerStoreConfig): StorePlainText[] {
  return [
    ...endpointPlainText('jaeger', store),
    ...(store.prometheus
      ? endpointPlainText('prometheus', store.prometheus)
      : []),
  ];
}

function endpointPlainText(
  part: StorePlainText['part'],
  { url, auth, headers, allowPlainText }: Endpoint,
): StorePlainText[] {
  const sends = [...credentialsOf(auth), ...secretHeaders(headers)];
  return sends.length > 0 && isPlainText(url)
    ? [{ part, sends: sends.join(' and '), allowed: allowPlainText ?? false }]
    : [];
}

/** Credentials that go to a Prometheus by plain http; undefined where none do. */
export function prometheusPlainText(
  endpoint: Endpoint,
): Omit<StorePlainText, 'part'> | undefined {
  return endpointPlainText('prometheus', endpoint)[0];
}

function credentialsOf(auth: StoreAuth | undefined): string[] {
  switch (auth?.type) {
    case 'bearer':
      return ['the bearer token'];
    case 'basic':
      return ['the password'];
    default:
      return [];
  }
}

/** By their names as for tags, and by what they hold. */
function secretHeaders(headers: Record<string, string> = {}): string[] {
  return Object.entries(headers)
    .filter(
      ([name, value]) =>
        headerRefusal(name, { denyHeaders: [] }) || holdsCredential(value),
    )
    .map(([name]) => `header '${name}'`);
}
