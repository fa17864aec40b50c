import type { LoggerService } from '@backstage/backend-plugin-api';
import { visibleLine } from 'backstage-plugin-mesh-tracing-common';

/**
 * The logger, with each message in one line and without hidden characters:
 * messages repeat what clusters, stores and people said, who must not write
 * lines of the log, or control the terminal that shows it.
 */
export function visibleLogger(logger: LoggerService): LoggerService {
  return {
    error: (message, meta) => logger.error(visibleLine(message), meta),
    warn: (message, meta) => logger.warn(visibleLine(message), meta),
    info: (message, meta) => logger.info(visibleLine(message), meta),
    debug: (message, meta) => logger.debug(visibleLine(message), meta),
    child: meta => visibleLogger(logger.child(meta)),
  };
}
