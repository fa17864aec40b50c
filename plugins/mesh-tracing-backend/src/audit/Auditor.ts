import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { visibleText } from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import { errorText } from '../shared/errorText';
import {
  auditEvents,
  type AuditEventDeclaration,
  type AuditEventId,
  type AuditFields,
} from './auditEvents';

/** The end of an event; it is not told while nobody knows how the change ended. */
export interface OpenEvent {
  succeeded(): Promise<void>;
  failed(error: Error): Promise<void>;
}

/**
 * Tells Backstage's auditor the events that {@link auditEvents} declares, and no others.
 * Characters that would hide or reorder text are replaced by visible ones.
 */
export class Auditor {
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;

  static create(options: {
    auditor: AuditorService;
    logger: LoggerService;
  }): Auditor {
    return new Auditor(options.auditor, options.logger);
  }

  private constructor(auditor: AuditorService, logger: LoggerService) {
    this.#auditor = auditor;
    this.#logger = logger;
  }

  /**
   * Runs a read between the two halves of its event.
   *
   * @throws what the read throws, and what the auditor does: nothing is read of which
   *   it can't be told
   */
  async read<I extends AuditEventId, T>(
    id: I,
    fields: AuditFields<I>,
    request: Request,
    act: () => Promise<T>,
  ): Promise<T> {
    const event = await this.#auditor.createEvent({
      eventId: id,
      severityLevel: auditEvents[id].severity,
      request,
      meta: metaOf(fields),
    });
    try {
      const answer = await act();
      await event.success();
      return answer;
    } catch (error) {
      await event.fail({ error: visibleError(toError(error)) });
      throw error;
    }
  }

  /**
   * The first half of an event. Without a request it is the portal itself that acts.
   *
   * @throws what the auditor does; the ends of the event never throw
   */
  async open<I extends AuditEventId>(
    id: I,
    fields: AuditFields<I>,
    request?: Request,
  ): Promise<OpenEvent> {
    return this.#open(id, metaOf(fields), auditEvents[id].severity, request);
  }

  /**
   * An event of what has happened already, or was refused with an error. Never throws:
   * where the auditor fails, the log has it.
   */
  async tell<I extends AuditEventId>(
    id: I,
    fields: AuditFields<I>,
    { error, request }: { error?: Error; request?: Request } = {},
  ): Promise<void> {
    const { severity, refusedSeverity }: AuditEventDeclaration =
      auditEvents[id];
    const meta = metaOf(fields);
    await this.#safely(id, meta, async () => {
      const event = await this.#open(
        id,
        meta,
        error ? refusedSeverity ?? severity : severity,
        request,
      );
      await (error ? event.failed(error) : event.succeeded());
    });
  }

  async #open(
    eventId: AuditEventId,
    meta: JsonObject,
    severityLevel: AuditEventDeclaration['severity'],
    request?: Request,
  ): Promise<OpenEvent> {
    const event = await this.#auditor.createEvent({
      eventId,
      severityLevel,
      request,
      meta,
    });
    return {
      succeeded: () =>
        this.#safely(eventId, meta, () => event.success({ meta })),
      failed: error =>
        this.#safely(eventId, meta, () =>
          event.fail({ error: visibleError(error), meta }),
        ),
    };
  }

  async #safely(
    eventId: AuditEventId,
    { historyId }: JsonObject,
    tell: () => Promise<void>,
  ): Promise<void> {
    try {
      await tell();
    } catch (error) {
      this.#logger.error(
        `The auditor could not be told of ${eventId}${
          historyId ? ` with historyId ${historyId}` : ''
        }: ${errorText(error)}`,
      );
    }
  }
}

function visibleError(error: Error): Error {
  const message = visibleText(error.message);
  return message === error.message
    ? error
    : Object.assign(new Error(message), { name: error.name });
}

/**
 * The fields as JSON, hidden characters made visible: some texts come from objects
 * that others wrote.
 */
function metaOf(fields: object): JsonObject {
  return JSON.parse(
    JSON.stringify(fields, (_, part: unknown) =>
      typeof part === 'string' ? visibleText(part) : part,
    ),
  );
}
