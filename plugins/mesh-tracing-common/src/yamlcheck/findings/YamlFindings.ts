import type { FindingSeverity } from '../../shared/Finding';
import { compareText } from '../../shared/compareText';
import { shortened } from '../../shared/shortened';
import { visibleLine } from '../../shared/visibleText';
import { YAML_CHECK_LIMITS } from '../limits';
import type { YamlFinding, YamlVerdict } from '../model/YamlCheck';
import { yamlFindingCatalog, type YamlFindingCode } from './yamlFindingCatalog';

const RANK: Record<FindingSeverity, number> = { error: 0, warning: 1, info: 2 };
/** The verdicts, the one that outweighs all others first. */
const WEIGHT: readonly YamlVerdict[] = [
  'refused',
  'cannot-work',
  'ignored',
  'no-effect',
];
const MAX_TEXT = 500;

/** What is special about one finding. */
export interface YamlFindingOptions {
  line?: number;
  resources?: readonly string[];
  /** Instead of the mend that the catalogue has. */
  whatToDo?: string;
}

/** Collects the findings of one document, and what they mean for it. */
export class YamlFindings {
  readonly #items: YamlFinding[] = [];
  readonly #verdicts = new Set<YamlVerdict>();

  add(
    code: YamlFindingCode,
    what: string,
    { line, resources = [], whatToDo }: YamlFindingOptions = {},
  ): void {
    const { severity, verdict, ...general } = yamlFindingCatalog[code];
    if (verdict) this.#verdicts.add(verdict);
    this.#push({
      severity,
      code,
      what: legible(what),
      whatToDo: whatToDo ? legible(whatToDo) : general.whatToDo,
      ...(resources.length > 0 ? { resources: resources.map(legible) } : {}),
      ...(line === undefined ? {} : { line }),
    });
  }

  /** A finding about effective tracing; an error means that the document can't work. */
  addEffective(finding: YamlFinding): void {
    if (finding.severity === 'error') this.#verdicts.add('cannot-work');
    this.#push({ ...finding, what: legible(finding.what) });
  }

  #push(finding: YamlFinding): void {
    const known = this.#items.some(
      item => item.code === finding.code && item.what === finding.what,
    );
    if (!known) this.#items.push(finding);
  }

  has(code: string): boolean {
    return this.#items.some(item => item.code === code);
  }

  verdict(): YamlVerdict {
    return WEIGHT.find(verdict => this.#verdicts.has(verdict)) ?? 'works';
  }

  /** Most urgent first, then as they stand in the text. */
  list(): YamlFinding[] {
    return [...this.#items]
      .sort(
        (a, b) =>
          RANK[a.severity] - RANK[b.severity] ||
          (a.line ?? Infinity) - (b.line ?? Infinity) ||
          compareText(a.code, b.code) ||
          compareText(a.what, b.what),
      )
      .slice(0, YAML_CHECK_LIMITS.findings);
  }
}

/** Names in a finding come from the pasted text and may hold anything. */
function legible(text: string): string {
  return shortened(visibleLine(text), MAX_TEXT);
}
