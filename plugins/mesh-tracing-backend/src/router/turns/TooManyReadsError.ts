import { CustomErrorBase } from '@backstage/errors';
import { withErrorDetails } from '../../shared/errorDetails';

/** So many requests of one user wait for their turn that one more is refused (429). */
export class TooManyReadsError extends CustomErrorBase {
  override name = 'TooManyReadsError' as const;
  readonly statusCode = 429;
  /** For the header `Retry-After`: most of what waits is done by then. */
  readonly retryAfterSeconds = 5;

  static create(waiting: number): TooManyReadsError {
    return withErrorDetails(new TooManyReadsError(waiting), {
      system: 'portal',
      whatToDo:
        'Wait until the views that you have open are there, or close some of them.',
    });
  }

  private constructor(waiting: number) {
    super(
      `${waiting} of your requests wait for their turn already; try again in some seconds`,
    );
  }
}
