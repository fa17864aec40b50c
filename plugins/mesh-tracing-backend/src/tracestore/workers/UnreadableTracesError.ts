import { ServiceUnavailableError } from '@backstage/errors';

/** A body that holds no traces, or more than can be read. */
export class UnreadableTracesError extends ServiceUnavailableError {
  constructor() {
    super(
      'The traces could not be read: they are malformed, or too large for the memory of a worker; ask for fewer traces',
    );
  }
}
