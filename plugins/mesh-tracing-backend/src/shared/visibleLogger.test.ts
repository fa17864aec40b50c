import { mockServices } from '@backstage/backend-test-utils';
import { mockLogger } from '../testing/services/mockLogger';
import { visibleLogger } from './visibleLogger';

describe('the log of the plugin', () => {
  it.each(['error', 'warn', 'info', 'debug'] as const)(
    'has one line for each message of level %s, and no hidden characters',
    level => {
      const logger = mockLogger();
      const meta = { cluster: 'prod' };
      visibleLogger(logger)[level](
        'refused:\nERROR all is lost \u001b[2J\u202ex',
        meta,
      );
      expect(logger[level]).toHaveBeenCalledWith(
        'refused: ERROR all is lost [2Jx',
        meta,
      );
    },
  );

  it('has the same for messages of child loggers', () => {
    const child = mockLogger();
    const logger = mockServices.logger.mock({ child: () => child });
    visibleLogger(logger).child({ part: 'a' }).warn('a\nb');
    expect(child.warn).toHaveBeenCalledWith('a b', undefined);
  });
});
