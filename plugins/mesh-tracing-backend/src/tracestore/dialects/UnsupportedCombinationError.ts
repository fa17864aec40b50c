import { InputError } from '@backstage/errors';

/** The storage can apply each filter, but not all together; fewer may work. */
export class UnsupportedCombinationError extends InputError {}
