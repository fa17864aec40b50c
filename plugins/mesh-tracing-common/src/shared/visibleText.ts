/**
 * Characters that show nothing and change how the text around them is shown:
 * controls of terminals (C0 less tab and line ends, C1), marks, embeddings,
 * overrides and isolates of the bidirectional algorithm (Unicode, UAX 9),
 * interlinear annotations, spaces of no width, and tags. What joins the letters
 * of some scripts, and emoji, stays.
 */
const HIDDEN =
  /(?![\t\n\r])[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const LINE_ENDS = /[\r\n\t\u0085\u2028\u2029]+/g;

/**
 * Text of others as it may stand in what people read and act on: without
 * characters that make it look other than it is. Line ends are kept.
 * @public
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, '');
}

/**
 * Text of others as {@link visibleText} gives it, in one line: for logs, titles
 * and cells.
 * @public
 */
export function visibleLine(text: string): string {
  return visibleText(text.replace(LINE_ENDS, ' '));
}

/** Whether a text holds what {@link visibleLine} would change. */
export function holdsHiddenCharacter(text: string): boolean {
  return visibleLine(text) !== text;
}
