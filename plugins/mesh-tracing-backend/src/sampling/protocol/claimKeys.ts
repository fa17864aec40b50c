import { contentHash } from '../model/canonicalJson';
import type { ObjectId } from './ChangeRecord';

/*
 * What may happen once only over all replicas, as keys of `sampling_claims`.
 * Replicas of two versions share the table during a rollout: a key that changed
 * would let something happen twice.
 */

type ObjectOfCluster = Omit<ObjectId, 'name'>;

/** Held by the change that ends an object whose time is over. */
export function expiryKey(object: ObjectOfCluster): string {
  return keyOf('expire', object);
}

/** Held by who warns of an end; an end that is moved is another. */
export function warningKey(object: ObjectOfCluster, end: string): string {
  return keyOf('warn', object, end);
}

/** Held by who tells that an object stays in place past its end. */
export function leftKey(
  object: ObjectOfCluster,
  end: string | undefined,
): string {
  return keyOf('left', object, `${end}`);
}

/** Held by who records one version of an object that others wrote. */
export function outsideKey(
  object: ObjectOfCluster & { resourceVersion: string },
): string {
  return keyOf('outside', object, object.resourceVersion);
}

/** Held by who records the end of an object. */
export function removalKey(object: ObjectOfCluster): string {
  return keyOf('removal', object);
}

/** Held by who tells that proxies refuse one version of an override. */
export function refusalKey(version: string): string {
  return `refused|${version}`;
}

/** Lets the changes of one person be counted one after another. */
export function limitKey(actor: string): string {
  return `limit|${contentHash([actor])}`;
}

function keyOf(
  what: string,
  { cluster, namespace, uid }: ObjectOfCluster,
  ...more: string[]
): string {
  return [what, cluster, namespace, uid, ...more].join('|');
}
