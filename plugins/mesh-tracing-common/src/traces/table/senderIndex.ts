import {
  identityOf,
  WAYPOINT_ATTRIBUTES,
  type IdentityTexts,
  type MeshIdentity,
} from '../model/meshIdentity';
import type { Sender } from './SpanTable';
import { TextIndex } from './TextIndex';

/** What tells senders apart. */
export interface SenderTexts extends IdentityTexts {
  service: string;
  /** Resource attribute `service.version`. */
  serviceVersion: string | undefined;
}

const WAYPOINT_TEXTS = Object.keys(WAYPOINT_ATTRIBUTES) as Array<
  keyof typeof WAYPOINT_ATTRIBUTES
>;

/** Gives equal senders equal small numbers. */
export class SenderIndex {
  readonly senders: Sender[] = [];
  readonly services = new TextIndex();
  readonly #keys = new TextIndex();

  indexOf(texts: SenderTexts): number {
    const identity = identityOf(texts);
    const index = this.#keys.indexOf(keyOf(texts, identity));
    if (index === this.senders.length) {
      const version = versionOf(texts, identity);
      this.senders.push({
        service: this.services.indexOf(texts.service),
        identity,
        ...(version ? { version } : {}),
      });
    }
    return index;
  }
}

function keyOf(texts: SenderTexts, identity: MeshIdentity | undefined): string {
  const { source, destination } = identity ?? {};
  return [
    texts.service,
    texts.nodeId,
    texts.canonicalService,
    texts.canonicalRevision,
    texts.namespace,
    texts.clusterId,
    texts.serviceVersion,
    // The names of a waypoint's spans are many, the services that they name
    // few, so those are compared.
    ...(source || destination
      ? [
          ...WAYPOINT_TEXTS.map(key => texts[key]),
          destination?.namespace,
          destination?.canonicalService,
        ]
      : []),
  ].join('\u0000');
}

/**
 * The version of whom the span is about: of a waypoint's span that is the
 * workload that it served, never the waypoint.
 */
function versionOf(
  { serviceVersion }: SenderTexts,
  identity: MeshIdentity | undefined,
): string | undefined {
  return identity?.destination
    ? identity.destination.canonicalRevision
    : identity?.canonicalRevision ?? serviceVersion;
}
