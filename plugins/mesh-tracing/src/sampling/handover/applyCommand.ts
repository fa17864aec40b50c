/**
 * A command for a POSIX shell that applies a manifest as it is: nothing in it is
 * expanded, and no line of it ends it early.
 */
export function applyCommand(yaml: string): string {
  const lines = yaml.replace(/\n$/, '').split('\n');
  let end = 'EOF';
  while (lines.includes(end)) {
    end = `${end}_`;
  }
  return [`kubectl apply -f - <<'${end}'`, ...lines, end, ''].join('\n');
}
