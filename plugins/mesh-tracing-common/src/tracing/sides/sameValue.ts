/** Whether two plain values (no cycles) are the same, key order aside. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a).filter(key => a[key] !== undefined);
  const others = Object.keys(b).filter(key => b[key] !== undefined);
  return (
    keys.length === others.length &&
    keys.every(key => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
