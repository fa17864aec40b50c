import { InputError } from '@backstage/errors';

/** The store does not return so many traces at once; asking for fewer helps. */
export class LimitRefusedError extends InputError {
  /** @param most - as many as it does return, where it says so */
  constructor(message: string, readonly most?: number) {
    super(message);
  }
}
