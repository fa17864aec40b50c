import { identityOf, identityTexts } from '../model/meshIdentity';
import type { Attributes } from '../model/Trace';
import type { TraceSender } from './TraceRows';

/** Gives equal senders equal small numbers. */
export class TraceSenders {
  readonly senders: TraceSender[] = [];
  readonly #known = new Map<string, number>();

  indexOf(span: {
    service: string;
    operation: string;
    attributes: Attributes;
    resource: Attributes;
  }): number {
    const { service } = span;
    const identity = identityOf(identityTexts(span));
    const key = JSON.stringify([service, identity]);
    let index = this.#known.get(key);
    if (index === undefined) {
      index = this.senders.length;
      this.#known.set(key, index);
      this.senders.push({ service, ...(identity ? { identity } : {}) });
    }
    return index;
  }
}
