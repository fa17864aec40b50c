import type { LoggerService } from '@backstage/backend-plugin-api';
import { errorText } from '../../shared/errorText';
import type { ChangeSettler } from '../change/ChangeSettler';
import type { OverrideAnnouncer } from '../announce/OverrideAnnouncer';
import type { ChangeRecord } from '../protocol/ChangeRecord';
import { actorOfChange } from '../store/actorOfChange';
import type { SamplingStore } from '../store/SamplingStore';

/** What SamplingReconciler works with. */
export interface SamplingReconcilerOptions {
  settler: ChangeSettler;
  store: Pick<SamplingStore, 'findByChange'>;
  announcer: OverrideAnnouncer;
  logger: LoggerService;
  now?: () => Date;
}

/** Settles what a crash left open, at the start and from time to time. */
export class SamplingReconciler {
  readonly #options: SamplingReconcilerOptions;
  readonly #now: () => Date;

  static create(options: SamplingReconcilerOptions): SamplingReconciler {
    return new SamplingReconciler(options);
  }

  private constructor(options: SamplingReconcilerOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Never throws; what could not be settled is tried again. */
  async run(): Promise<void> {
    const { settler, logger } = this.#options;
    try {
      const { settled, failures } = await settler.settleAll(this.#now());
      for (const record of settled) {
        await this.#announce(record);
      }
      if (failures.length > 0) {
        throw failures[0];
      }
    } catch (error) {
      logger.warn(
        `Some changes of overrides could not be settled, trying again: ${errorText(
          error,
        )}`,
      );
    }
  }

  /** The runner that ended an override died before it could tell. */
  async #announce(record: ChangeRecord): Promise<void> {
    if (record.kind !== 'expire' || record.outcome !== 'succeeded') {
      return;
    }
    const setter = await actorOfChange(
      this.#options.store,
      record.baseChangeId,
    );
    await this.#options.announcer.expired(record, setter);
  }
}
