import { NotAllowedError } from '@backstage/errors';
import type { PolicyVerdict } from 'backstage-plugin-mesh-tracing-node';
import type { ChangeRecord } from '../protocol/ChangeRecord';
import {
  ChangeLimitError,
  type ChangeSource,
  type RequestRecord,
  type SamplingStore,
} from '../store/SamplingStore';

const WINDOW_MS = 10 * 60 * 1000;
const CHANGED = 'changed this workload, or others of the entity,';
const KINDS: Record<'changes' | 'reverts', ChangeRecord['kind'][]> = {
  changes: ['apply', 'extend'],
  reverts: ['revert'],
};

/**
 * Bounds how often one person changes one workload, and how often through one
 * entity, whatever its selector finds; apart from that how often it reverts there.
 * Counts the history, which all replicas share.
 */
export class RateLimit {
  readonly #store: Pick<SamplingStore, 'begin' | 'changesSince'>;
  readonly #max: number;

  static create(options: {
    store: Pick<SamplingStore, 'begin' | 'changesSince'>;
    max: number;
  }): RateLimit {
    return new RateLimit(options.store, options.max);
  }

  private constructor(
    store: Pick<SamplingStore, 'begin' | 'changesSince'>,
    max: number,
  ) {
    this.#store = store;
    this.#max = max;
  }

  /** Whether a person may change a workload now, as far as this goes. */
  async verdict(by: ChangeSource, now: Date): Promise<PolicyVerdict> {
    const { count, oldestMs = 0 } = await this.#store.changesSince(by, {
      kinds: KINDS.changes,
      sinceMs: now.getTime() - WINDOW_MS,
    });
    return {
      rule: 'rate-limit',
      allowed: count < this.#max,
      message:
        count < this.#max
          ? `At most ${this.#max} changes in ten minutes`
          : tooMany(CHANGED, { count, oldestMs }, now),
    };
  }

  /**
   * Stores an intent if it is one of as many as allowed: of several at the same
   * time too. False when the request id is known already.
   *
   * @throws NotAllowedError that says how long to wait
   */
  async begin(
    record: ChangeRecord,
    request?: Pick<RequestRecord, 'requestId' | 'userRef' | 'bodyHash'>,
  ): Promise<boolean> {
    const isRevert = record.kind === 'revert';
    try {
      return await this.#store.begin(record, request, {
        kinds: KINDS[isRevert ? 'reverts' : 'changes'],
        sinceMs: record.atMs - WINDOW_MS,
        max: this.#max,
      });
    } catch (error) {
      if (error instanceof ChangeLimitError) {
        throw new NotAllowedError(
          tooMany(
            isRevert ? 'reverted overrides here' : CHANGED,
            error,
            new Date(record.atMs),
          ),
        );
      }
      throw error;
    }
  }
}

function tooMany(
  what: string,
  { count, oldestMs }: { count: number; oldestMs: number },
  now: Date,
): string {
  const waitSeconds = Math.max(
    1,
    Math.ceil((oldestMs + WINDOW_MS - now.getTime()) / 1000),
  );
  return `You ${what} ${count} times within ten minutes; try again in ${waitSeconds} seconds`;
}
