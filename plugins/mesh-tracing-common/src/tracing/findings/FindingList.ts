import type { Finding } from '../../shared/Finding';
import { compareText } from '../../shared/compareText';
import type { TracingSide } from '../model/EffectiveTracing';
import { findingCatalog, type TracingFindingCode } from './findingCatalog';

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** Collects findings; the same one about both sides is kept once. */
export class FindingList {
  readonly #items: Array<{
    code: TracingFindingCode;
    what: string;
    resources: readonly string[];
    sides: Set<TracingSide>;
  }> = [];
  readonly #sidesOfProxy: readonly TracingSide[];

  constructor(sidesOfProxy: readonly TracingSide[]) {
    this.#sidesOfProxy = sidesOfProxy;
  }

  /** @param side - left out when the finding is about the proxy as a whole */
  add(
    code: TracingFindingCode,
    what: string,
    resources: readonly string[] = [],
    side?: TracingSide,
  ): void {
    const sides = side ? [side] : this.#sidesOfProxy;
    const known = this.#items.find(
      item => item.code === code && item.what === what,
    );
    if (known) sides.forEach(item => known.sides.add(item));
    else this.#items.push({ code, what, resources, sides: new Set(sides) });
  }

  isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** Most urgent first, then by code and text. */
  findings(): Finding[] {
    return sortFindings(this.#items.map(item => this.#finding(item)));
  }

  #finding(item: {
    code: TracingFindingCode;
    what: string;
    resources: readonly string[];
    sides: ReadonlySet<TracingSide>;
  }): Finding {
    const { severity, whatToDo } = findingCatalog[item.code];
    const everywhere = item.sides.size === this.#sidesOfProxy.length;
    const [side] = item.sides;
    return {
      severity,
      code: item.code,
      what: everywhere ? item.what : `On the ${side} side: ${item.what}`,
      whatToDo,
      ...(item.resources.length > 0 ? { resources: [...item.resources] } : {}),
    };
  }
}

/** Sorts in place: most urgent first, then by code and text. */
export function sortFindings(findings: Finding[]): Finding[] {
  return findings.sort(
    (a, b) =>
      RANK[a.severity] - RANK[b.severity] ||
      compareText(a.code, b.code) ||
      compareText(a.what, b.what),
  );
}

/** The Telemetry that a source names, as resources of a finding. */
export function resourcesOf(source: {
  kind: string;
  namespace?: string;
  name?: string;
}): string[] {
  return source.kind === 'telemetry'
    ? [`${source.namespace}/${source.name}`]
    : [];
}
