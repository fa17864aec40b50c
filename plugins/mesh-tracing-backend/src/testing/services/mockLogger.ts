import type { LoggerService } from '@backstage/backend-plugin-api';

/**
 * A logger that notes what it is told. Backstage's own comes with all that a backend
 * is made of, which takes a test file longer to load than most take to run.
 */
export function mockLogger(): jest.Mocked<LoggerService> {
  const logger: jest.Mocked<LoggerService> = {
    error: jest.fn(),
    warn: jest.fn(),
    info: jest.fn(),
    debug: jest.fn(),
    child: jest.fn(_ => logger),
  };
  return logger;
}
