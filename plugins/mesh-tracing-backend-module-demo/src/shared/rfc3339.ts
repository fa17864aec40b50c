/** A Kubernetes timestamp: UTC, whole seconds. */
export function rfc3339(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
