interface Named {
  metadata: { namespace: string; name: string };
}

interface Operation {
  op: string;
  path: string;
  value?: unknown;
}

const COMMAND =
  /^kubectl -n (\S+) patch (\S+) (\S+) --type=(json|merge) -p '(.*)'$/;

/** An object after a `kubectl patch`, if the command is about that very object. */
export function applyPatch<T extends Named>(
  command: string,
  kind: string,
  object: T,
): T {
  const [, namespace, patched, name, type, text = ''] =
    COMMAND.exec(command) ?? [];
  const { metadata } = object;
  const isIt =
    patched === kind &&
    metadata.namespace === namespace &&
    metadata.name === name;
  if (!isIt) return object;
  const copy = structuredClone(object);
  const patch: unknown = JSON.parse(text.replaceAll("'\\''", "'"));
  if (type === 'merge') return merge(copy, patch) as T;
  (patch as Operation[]).forEach(operation => operate(copy, operation));
  return copy;
}

function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    return patch;
  }
  const base = typeof target === 'object' && target !== null ? target : {};
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

function operate(object: unknown, { op, path, value }: Operation): void {
  const parts = path
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = parts.pop() ?? '';
  const parent = parts.reduce<unknown>(
    (node, part) => (node as Record<string, unknown>)[part],
    object,
  ) as Record<string, unknown> | unknown[];
  if (op !== 'add' && !(last in parent)) {
    throw new Error(`There is nothing at ${path}`);
  }
  if (Array.isArray(parent)) {
    if (last === '-') parent.push(value);
    else parent.splice(Number(last), 1, ...(op === 'remove' ? [] : [value]));
    return;
  }
  if (op === 'remove') delete parent[last];
  else parent[last] = value;
}
