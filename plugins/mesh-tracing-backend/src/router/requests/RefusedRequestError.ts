import { InputError } from '@backstage/errors';

/** A request that is wrong in a way that HTTP has a status of its own for. */
export class RefusedRequestError extends InputError {
  constructor(message: string, readonly statusCode: 400 | 413 | 415) {
    super(message);
    this.name = 'InputError';
  }
}
