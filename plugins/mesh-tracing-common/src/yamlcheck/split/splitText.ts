import { fencedBlocks, isFence, type FencedBlock } from './fencedBlocks';
import { heredocs } from './heredocs';
import { beginsAsYaml } from './shape';
import type { TextForm, YamlPiece } from './YamlPiece';

const YAML_LANGUAGES = ['yaml', 'yml', 'json'];
const SHELL_LANGUAGES = ['', 'sh', 'bash', 'zsh', 'shell', 'console', 'text'];
const OPENS_HEREDOC = /<<-?[ \t]*['"\\]?\w/;

/**
 * The stretches of YAML in a text: the text itself, or what its fenced blocks and
 * heredocs hold when it is a page in Markdown or a shell script.
 */
export function splitText(text: string): {
  form: TextForm;
  pieces: YamlPiece[];
} {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const form = formOf(lines);
  switch (form) {
    case 'markdown':
      return { form, pieces: fencedBlocks(lines).flatMap(piecesOfBlock) };
    case 'shell':
      return { form, pieces: piecesOfScript(lines, 0) };
    default:
      return {
        form,
        pieces: [{ text: lines.join('\n'), line: 1, expands: false }],
      };
  }
}

/**
 * A fence in the first column can't stand in YAML, not even in a block of text. An
 * indented one can, so it counts only where the text begins as no YAML.
 */
function formOf(lines: readonly string[]): TextForm {
  const yaml = beginsAsYaml(lines);
  const fenced = lines.some(
    line => isFence(line) && (!yaml || !/^\s/.test(line)),
  );
  if (fenced) return 'markdown';
  return !yaml && lines.some(line => OPENS_HEREDOC.test(line))
    ? 'shell'
    : 'yaml';
}

function piecesOfBlock({ language, lines, at }: FencedBlock): YamlPiece[] {
  if (YAML_LANGUAGES.includes(language)) {
    return [{ text: lines.join('\n'), line: at + 1, expands: false }];
  }
  if (!SHELL_LANGUAGES.includes(language)) return [];
  const unnamed = language === '' || language === 'text';
  return unnamed && beginsAsYaml(lines)
    ? [{ text: lines.join('\n'), line: at + 1, expands: false }]
    : piecesOfScript(lines, at);
}

/** Heredocs that hold YAML; others are files of other kinds. */
function piecesOfScript(lines: readonly string[], at: number): YamlPiece[] {
  return heredocs(lines)
    .filter(doc => beginsAsYaml(doc.lines))
    .map(doc => ({
      text: doc.lines.join('\n'),
      line: at + doc.at + 1,
      expands: doc.expands,
    }));
}
