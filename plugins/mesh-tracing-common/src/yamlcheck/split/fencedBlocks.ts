/** A fenced block of a text in Markdown. */
export interface FencedBlock {
  /** The word after the fence, in lower case; empty where there is none. */
  language: string;
  lines: string[];
  /** Index of its first line in the text. */
  at: number;
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*(?:\{\.?)?([\w+-]*)/;

/** Whether a line opens or closes a fenced block; the indentation counts in YAML. */
export function isFence(line: string): boolean {
  return FENCE.test(line);
}

/**
 * The fenced blocks of a text, as CommonMark has them: a block ends with a fence of
 * at least the same length, or with the text, and loses the indentation of its fence.
 */
export function fencedBlocks(lines: readonly string[]): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { block: FencedBlock; fence: string; indent: number } | undefined;
  lines.forEach((line, i) => {
    const [, indent = '', fence = '', language = ''] = FENCE.exec(line) ?? [];
    if (open && closes(line, open.fence)) {
      open = undefined;
    } else if (open) {
      open.block.lines.push(dedented(line, open.indent));
    } else if (fence) {
      const block: FencedBlock = {
        language: language.toLowerCase(),
        lines: [],
        at: i + 1,
      };
      blocks.push(block);
      open = { block, fence, indent: indent.length };
    }
  });
  return blocks;
}

function closes(line: string, fence: string): boolean {
  const text = line.trim();
  return text.length >= fence.length && isAll(text, fence.charAt(0));
}

function isAll(text: string, character: string): boolean {
  return [...text].every(found => found === character);
}

function dedented(line: string, indent: number): string {
  const spaces = line.length - line.trimStart().length;
  return line.slice(Math.min(indent, spaces));
}
