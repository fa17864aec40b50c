import { NotAllowedError, toError } from '@backstage/errors';
import {
  formatWorkloadRef,
  samplingReadPermission,
  type ApplyRequest,
  type OverrideRequest,
  type OverrideScope,
  type RevertRequest,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import type { Auditor } from '../audit';
import type { EntityContext } from '../shared/EntityContext';
import type { BindingAlarm } from '../workloads';
import type { EntityAccess } from './EntityAccess';
import { entityRefOf } from './entityRefOf';
import type { WriteAccess } from './WriteAccess';
import type { WriteAnswers } from './WriteAnswers';

/** What a person can ask for a workload's sampling, with the body of each request. */
export interface Wishes {
  preview: OverrideRequest;
  apply: ApplyRequest;
  revert: RevertRequest;
}

/** Kind of a wish. */
export type WriteAction = keyof Wishes;

/** What a {@link WriteContext} holds. */
interface Admitted<A extends WriteAction> {
  entity: EntityContext;
  action: A;
  wish: Wishes[A];
  answer: WriteAccess;
  askWide: () => Promise<WriteAccess>;
}

/**
 * Makes a WriteContext. It is not exported, so that only the gate in this file can make
 * one, and whoever gets one knows that the wish was checked.
 */
let admit: <A extends WriteAction>(given: Admitted<A>) => WriteContext<A>;

/**
 * One wish that has passed the gate, with the answer that it got there. What carries
 * the wish out takes this and asks nobody again.
 */
export class WriteContext<A extends WriteAction = WriteAction> {
  readonly entity: EntityContext;
  readonly action: A;
  readonly wish: Wishes[A];
  /**
   * Always allowed for `apply`. A `preview` passes also where the entity may not stand
   * for the workload: it shows the refusal, and can't be confirmed. So does a `revert`,
   * which {@link requireRevertOf} then decides.
   */
  readonly answer: WriteAccess;
  /**
   * Asks for a change of the workload's whole namespace: what a change of one
   * workload needs, too, where its target stands before workloads of others.
   */
  readonly askWide: () => Promise<WriteAccess>;

  static {
    admit = given => new WriteContext(given);
  }

  private constructor({ entity, action, wish, answer, askWide }: Admitted<A>) {
    this.entity = entity;
    this.action = action;
    this.wish = wish;
    this.answer = answer;
    this.askWide = askWide;
  }

  /** Owners for whom the caller acts; undefined where it acts for itself. */
  get onBehalfOf(): string[] | undefined {
    return this.answer.allowed ? this.answer.onBehalfOf : undefined;
  }

  /**
   * Checks the second half of a revert, once the override has been read: whoever set
   * it may take it away, even where others stand for the workload now.
   *
   * @param setter - who set it; undefined where nobody is known
   * @throws NotAllowedError where the caller may not take this one away
   */
  requireRevertOf(setter: string | undefined): void {
    if (!this.answer.allowed && setter !== this.entity.userRef) {
      throw new NotAllowedError(this.answer.reason);
    }
  }
}

/** What {@link WriteGate} works with. */
export interface WriteGateOptions {
  access: Pick<EntityAccess, 'load' | 'mayReadTraces'>;
  answers: Pick<WriteAnswers, 'about'>;
  alarm: Pick<BindingAlarm, 'attempted'>;
  auditor: Pick<Auditor, 'tell'>;
}

/**
 * The one place where it is decided whether a wish to change sampling goes on, and
 * where its refusal is told.
 */
export class WriteGate {
  readonly #options: WriteGateOptions;

  static create(options: WriteGateOptions): WriteGate {
    return new WriteGate(options);
  }

  private constructor(options: WriteGateOptions) {
    this.#options = options;
  }

  /**
   * Loads the entity that a request names, and passes the wish or refuses it. A change
   * is carried through though its caller goes away, so that its end is known.
   *
   * @throws what EntityAccess.load and {@link pass} do; a refusal is an audit event
   */
  async enter<A extends WriteAction>(
    request: Request,
    action: A,
    wish: Wishes[A],
  ): Promise<WriteContext<A>> {
    try {
      const { access } = this.#options;
      const loaded = await access.load(request, samplingReadPermission);
      const entity =
        action === 'preview'
          ? await this.#withTracesHidden(loaded, wish)
          : loaded;
      return await this.pass(entity, action, wish);
    } catch (error) {
      if (error instanceof NotAllowedError) {
        const { scope, workload } = aimOf(wish);
        const eventId: `sampling-${WriteAction}` = `sampling-${action}`;
        await this.#options.auditor.tell(
          eventId,
          {
            entityRef: entityRefOf(request),
            workload: formatWorkloadRef(workload),
            scope,
          },
          { error: toError(error), request },
        );
      }
      throw error;
    }
  }

  /**
   * Passes or refuses the wish for an entity that was loaded. Where the refusal is
   * that others stand for the workload, they are told of the attempt; a preview then
   * passes all the same, to show why, and a revert for the caller's own override.
   *
   * @throws NotAllowedError, in a sentence that names the owner
   */
  async pass<A extends WriteAction>(
    entity: EntityContext,
    action: A,
    wish: Wishes[A],
  ): Promise<WriteContext<A>> {
    const { alarm, answers } = this.#options;
    const { scope, workload } = aimOf(wish);
    const answer = await answers.about(entity, workload, scope);
    if (!answer.allowed) {
      const isByBinding = answer.refusedBy === 'binding';
      if (isByBinding) {
        await alarm.attempted(entity, workload, action);
      }
      if (!isByBinding || action === 'apply') {
        throw new NotAllowedError(answer.reason);
      }
    }
    return admit({
      entity: action === 'preview' ? entity : { ...entity, signal: undefined },
      action,
      wish,
      answer,
      askWide: () => answers.about(entity, workload, 'namespace'),
    });
  }

  /** A preview shows nothing of traces to who may not read them. */
  async #withTracesHidden(
    entity: EntityContext,
    wish: Wishes[WriteAction],
  ): Promise<EntityContext> {
    const { access } = this.#options;
    const { workload } = aimOf(wish);
    return {
      ...entity,
      tracesHidden: !(await access.mayReadTraces(entity, workload)),
    };
  }
}

/** What a wish is about. */
function aimOf(wish: Wishes[WriteAction]): {
  workload: WorkloadRef;
  scope: OverrideScope;
} {
  const { scope = 'workload', workload } =
    'override' in wish ? wish.override : wish;
  return { scope, workload };
}
