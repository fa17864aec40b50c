import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';

/** An error that the retry of a request gets again. */
export interface StoredError {
  /** Of the error's type; what is none of ours comes back as a conflict. */
  name: string;
  message: string;
}

const TYPES: Record<string, new (message: string) => Error> = {
  InputError,
  NotAllowedError,
};

/** The part of an error that is kept. */
export function toStoredError({ name, message }: Error): StoredError {
  return { name, message };
}

/** The error, for another attempt of the same request. */
export function fromStoredError({ name, message }: StoredError): Error {
  return new (TYPES[name] ?? ConflictError)(message);
}
