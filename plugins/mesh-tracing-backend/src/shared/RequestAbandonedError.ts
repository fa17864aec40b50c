import { CustomErrorBase } from '@backstage/errors';

/** Why work ends whose answer nobody waits for any more. */
export class RequestAbandonedError extends CustomErrorBase {
  override name = 'RequestAbandonedError' as const;

  constructor() {
    super('The caller went away before the answer was there');
  }
}
