import { identityOf, type IdentityTexts } from './meshIdentity';
import type { Sender } from './SpanTable';
import { TextIndex } from './TextIndex';

/** What tells senders apart. */
export interface SenderTexts extends IdentityTexts {
  service: string;
  /** Resource attribute `service.version`. */
  serviceVersion: string | undefined;
}

/** Gives equal senders equal small numbers. */
export class SenderIndex {
  readonly senders: Sender[] = [];
  readonly services = new TextIndex();
  readonly #keys = new TextIndex();

  indexOf(texts: SenderTexts): number {
    const key = [
      texts.service,
      texts.nodeId,
      texts.canonicalService,
      texts.canonicalRevision,
      texts.namespace,
      texts.clusterId,
      texts.serviceVersion,
    ].join('\u0000');
    const index = this.#keys.indexOf(key);
    if (index === this.senders.length) {
      const identity = identityOf(texts);
      const version = identity?.canonicalRevision ?? texts.serviceVersion;
      this.senders.push({
        service: this.services.indexOf(texts.service),
        ...(identity ? { identity } : {}),
        ...(version ? { version } : {}),
      });
    }
    return index;
  }
}
