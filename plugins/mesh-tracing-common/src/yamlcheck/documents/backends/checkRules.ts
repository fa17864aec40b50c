import { readYaml, type YamlStep } from '../../../yaml';
import { YAML_CHECK_LIMITS } from '../../limits';
import { isMap, listAt, mapAt, textAt, valueAt } from '../../read/values';
import {
  labelInstead,
  metricInstead,
  metricStanding,
} from '../../rules/knownMetrics';
import { metricSelectors } from '../../rules/metricSelectors';
import type { DocumentContext, DocumentResult } from '../DocumentContext';

const SPANS = /^(?:jaeger_|otelcol_)\w*span|^traces_span/;

interface Rules {
  value: unknown;
  lineOf(path: readonly YamlStep[]): number;
}

/** Rules of Prometheus: whether the metrics that they ask for exist. */
export function checkRules(context: DocumentContext): DocumentResult {
  const { findings } = context;
  const judged = rulesOf(context)
    .flatMap(expressionsOf)
    .map(rule => ruleFindings(context, rule));
  if (!judged.includes(true)) {
    findings.add(
      'not-about-tracing',
      'No rule asks for a metric of Istio, Jaeger or a collector.',
    );
  }
  return {};
}

/** An expression, the name of its rule, and its line. */
interface Expression {
  expression: string;
  rule: string;
  line: number;
}

function expressionsOf({ value, lineOf }: Rules): Expression[] {
  return listAt(value, 'groups').flatMap((group, g) =>
    listAt(group, 'rules').flatMap((rule, r) => {
      const expression = textAt(rule, 'expr');
      if (expression === undefined) return [];
      const name = textAt(rule, 'alert') ?? textAt(rule, 'record');
      const line = lineOf(['groups', g, 'rules', r, 'expr']);
      return [{ expression, rule: name ?? `Rule ${r + 1}`, line }];
    }),
  );
}

function rulesOf({ value, lineOf, recognised }: DocumentContext): Rules[] {
  if (recognised.resourceKind === 'ConfigMap') {
    return Object.entries(mapAt(value, 'data')).flatMap(([key, text]) =>
      typeof text === 'string' ? readInner(text, lineOf(['data', key])) : [],
    );
  }
  const base = recognised.resourceKind ? ['spec'] : [];
  const found = base.length > 0 ? valueAt(value, ...base) : value;
  return isMap(found)
    ? [{ value: found, lineOf: path => lineOf([...base, ...path]) }]
    : [];
}

function readInner(text: string, begin: number): Rules[] {
  try {
    const read = readYaml(text, { maxValues: YAML_CHECK_LIMITS.values });
    return [{ value: read.value, lineOf: path => begin + read.lineOf(path) }];
  } catch {
    return [];
  }
}

/** @returns whether the rule asks for a metric that is judged here */
function ruleFindings(
  { findings }: DocumentContext,
  { expression, rule, line }: Expression,
): boolean {
  const selectors = metricSelectors(expression);
  for (const { metric, labels } of selectors) {
    const standing = metricStanding(metric);
    const instead = metricInstead(metric);
    if (standing === 'unknown') {
      findings.add(
        'metric-unknown',
        `${rule} asks for ${metric}, which does not exist.`,
        {
          line,
          ...(instead ? { whatToDo: `Use ${instead}.` } : {}),
        },
      );
    } else if (standing === 'jaeger-one') {
      findings.add('metric-of-jaeger-one', `${rule} asks for ${metric}.`, {
        line,
      });
    }
    for (const label of labels) {
      const meant = labelInstead(metric, label);
      if (meant === undefined) continue;
      findings.add(
        'label-unknown',
        `${rule} matches the label ${label} of ${metric}.`,
        { line, whatToDo: `Use ${meant}.` },
      );
    }
  }
  const names = selectors.map(({ metric }) => metric);
  if (
    names.some(name => SPANS.test(name)) &&
    names.includes('istio_requests_total')
  ) {
    findings.add(
      'spans-are-not-requests',
      `${rule} compares spans with requests.`,
      {
        line,
      },
    );
  }
  return names.some(name => metricStanding(name) !== 'foreign');
}
