import { Document, Scalar, visit } from 'yaml';

/**
 * Text that some reader of YAML 1.1 or 1.2 takes for a number, a date, a
 * boolean, nothing, a merge key or a default value, if it isn't quoted.
 */
const LOOKS_LIKE_SOMETHING_ELSE =
  /^(?:[-+.]?\d.*|[-+]?\.(?:inf|nan)|[-+=~<.]*|y|n|yes|no|on|off|true|false|null)$/is;
/** What YAML 1.1 takes for a line break, or does not allow as it is. */
const NEEDS_ESCAPE = /(?![\n\t])[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u;
/** Each of them, to be replaced. */
const ESCAPED = /(?![\n\t])[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu;

/**
 * YAML for people and for GitOps: every text in it is quoted unless all readers
 * take it for text, those of YAML 1.1 (kubectl, Argo CD, Flux, Helm) included.
 * Keys, too.
 *
 * @param value - of what JSON knows
 * @public
 */
export function formatYaml(value: unknown): string {
  const document = new Document(value, {
    // Core has no merge keys: a key `<<` is text here like any other.
    schema: 'core',
    compat: 'yaml-1.1',
    // Aliases are right, but nobody expects them in a manifest.
    aliasDuplicateObjects: false,
  });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && mustBeQuoted(node.value)) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  // Lines are not folded: the library folds between the halves of a character that
  // UTF-16 writes in two, and a reader then finds neither.
  // Such characters stand in double quotes only, where an escape is possible.
  return document
    .toString({ lineWidth: 0 })
    .replace(
      ESCAPED,
      character =>
        `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** A tab at the begin of a line of a block is indentation to some readers. */
function mustBeQuoted(text: string): boolean {
  return (
    LOOKS_LIKE_SOMETHING_ELSE.test(text) ||
    NEEDS_ESCAPE.test(text) ||
    text.includes('\t')
  );
}
