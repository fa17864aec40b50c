import { istioFindings } from './istioFindings';
import { otherFindings } from './otherFindings';
import { textFindings } from './textFindings';
import type { YamlFindingDescription } from './YamlFindingDescription';

/**
 * Every finding about a pasted text besides those about effective tracing, by its
 * stable code.
 * @public
 */
export const yamlFindingCatalog: Readonly<
  Record<YamlFindingCode, YamlFindingDescription>
> = { ...textFindings, ...istioFindings, ...otherFindings };

/** A code of `yamlFindingCatalog`. @public */
export type YamlFindingCode =
  | keyof typeof textFindings
  | keyof typeof istioFindings
  | keyof typeof otherFindings;
