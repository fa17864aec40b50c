import { CustomErrorBase } from '@backstage/errors';

/** The reason of the abort of work whose answer nobody waits for any more. */
export class RequestAbandonedError extends CustomErrorBase {
  override name = 'RequestAbandonedError' as const;

  constructor() {
    super('The caller went away before the answer was there');
  }
}
