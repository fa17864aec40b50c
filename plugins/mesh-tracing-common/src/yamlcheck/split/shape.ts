const COMMENT = /^\s*(?:#|$)/;
const MARKER = /^(?:---|\.\.\.)(?:\s|$)/;
const KEY = /^\s*(?:- )?["']?[A-Za-z_][\w./-]*["']?\s*:(?:\s|$)/;
const FLOW = /^\s*[{[]/;

/** Whether lines begin as a manifest or a configuration in YAML does. */
export function beginsAsYaml(lines: readonly string[]): boolean {
  const first = lines.find(
    line => !COMMENT.test(line) && !MARKER.test(line) && !line.startsWith('%'),
  );
  return first !== undefined && (KEY.test(first) || FLOW.test(first));
}

/** Whether a line separates documents of YAML. */
export function isMarker(line: string): boolean {
  return MARKER.test(line);
}

/** Whether a line says nothing: blank, or a comment of YAML. */
export function isComment(line: string): boolean {
  return COMMENT.test(line);
}
