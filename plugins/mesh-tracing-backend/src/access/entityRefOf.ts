import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { Request } from 'express';

/** The entity that a path names. */
export function entityRefOf(request: Request): string {
  const { kind, namespace, name } = request.params;
  if (!kind || !namespace || !name) {
    throw new InputError(
      'The path needs kind, namespace and name of an entity',
    );
  }
  return stringifyEntityRef({ kind, namespace, name });
}
