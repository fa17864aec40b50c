import { isComment, isMarker } from './shape';
import type { YamlPiece } from './YamlPiece';

/** A document of a piece, with the line of the pasted text in which it ends. */
export interface YamlDocument extends YamlPiece {
  /** Line of its first value; `line` is that of its first comment. */
  firstLine: number;
  lastLine: number;
}

/**
 * The documents of a piece. Lines that begin with `---` or `...` separate them
 * wherever they are, as in YAML and for kubectl; documents of comments alone are
 * left out, as kubectl does.
 */
export function yamlDocuments(piece: YamlPiece): YamlDocument[] {
  const documents: YamlDocument[] = [];
  let lines: string[] = [];
  let begin = piece.line;
  const end = () => {
    const document = documentOf(lines, begin, piece);
    if (document) documents.push(document);
  };
  piece.text.split('\n').forEach((line, i) => {
    if (!isMarker(line)) {
      lines.push(line);
      return;
    }
    end();
    // The rest of the line belongs to the document that it opens.
    lines = [line.startsWith('---') ? `   ${line.slice(3)}` : ''];
    begin = piece.line + i;
  });
  end();
  return documents;
}

function documentOf(
  lines: readonly string[],
  begin: number,
  { expands }: YamlPiece,
): YamlDocument | undefined {
  const says = (line: string) => !isComment(line) && !line.startsWith('%');
  const first = lines.findIndex(says);
  if (first < 0) return undefined;
  const last = lines.findLastIndex(says);
  return {
    text: lines
      .slice(0, last + 1)
      .map((line, i) => (i < first && line.startsWith('%') ? '' : line))
      .join('\n'),
    line: begin,
    firstLine: begin + first,
    lastLine: begin + last,
    expands,
  };
}
