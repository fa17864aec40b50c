import { yamlFindingCatalog } from '../../src/yamlcheck';

const VERDICTS = {
  works: 'works',
  'no-effect': 'no effect',
  ignored: 'ignored',
  'cannot-work': "can't work",
  refused: 'refused',
} as const;

/** The codes of docs/check-yaml.md, from their catalogue. */
export function yamlFindings(): string {
  return Object.entries(yamlFindingCatalog)
    .map(([code, { severity, meaning, whatToDo, verdict }]) => {
      const makes = verdict ? `, its document: ${VERDICTS[verdict]}` : '';
      return `### ${code}\n\n${meaning} (${severity}${makes})\n\n**What to do:** ${whatToDo}`;
    })
    .join('\n\n');
}
