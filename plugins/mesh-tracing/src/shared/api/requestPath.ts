import type { CompoundEntityRef } from '@backstage/catalog-model';

/** What a query parameter may be; arrays repeat it. */
export type QueryValue = string | number | string[] | undefined;

/** The path of what an entity has. */
export function entityPath(entity: CompoundEntityRef, rest: string): string {
  const parts = [entity.kind.toLowerCase(), entity.namespace, entity.name];
  return `/v1/entities/${parts.map(encodeURIComponent).join('/')}/${rest}`;
}

/** The query with its question mark; empty without parameters. */
export function queryString(query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      value.forEach(item => parameters.append(name, item));
    } else if (value !== undefined && value !== '') {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text && `?${text}`;
}
