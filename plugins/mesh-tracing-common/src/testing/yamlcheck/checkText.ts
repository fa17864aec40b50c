import {
  checkDocuments,
  readYamlText,
  type CheckedDocument,
  type ClusterYamlCheck,
  type YamlCheckMesh,
} from '../../yamlcheck';

/** The answer for a text, at once. */
export function checkText(
  text: string,
  mesh?: YamlCheckMesh,
): ClusterYamlCheck {
  return atOnce(checkDocuments(atOnce(readYamlText(text)).documents, mesh));
}

/** Runs work to its end. */
export function atOnce<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** A document in one line: its kind, its name, its verdict, and its codes. */
export function inShort({ kind, name, verdict, findings }: CheckedDocument) {
  const codes = findings.map(({ code }) => code).sort();
  return [kind, name ?? '', verdict, codes.join(' ')] as const;
}
