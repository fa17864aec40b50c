import { readYaml, type YamlStep } from '../../../yaml';
import { YAML_CHECK_LIMITS } from '../../limits';
import { isMap, listAt, mapAt, textAt, valueAt } from '../../read/values';
import { looksLikeCollector } from '../../recognise/shapes';
import type { DocumentContext, DocumentResult } from '../DocumentContext';

/** What to use instead of components that are gone, by section and type. */
const REMOVED: Readonly<Record<string, string>> = {
  'exporters/jaeger': 'otlp, which Jaeger takes on port 4317',
  'exporters/jaeger_thrift': 'otlp, which Jaeger takes on port 4317',
  'exporters/logging': 'debug',
  'processors/spanmetrics': 'the connector spanmetrics',
  'processors/servicegraph': 'the connector servicegraph',
  'extensions/memory_ballast': 'the variable GOMEMLIMIT',
};
const SECTIONS = [
  'receivers',
  'processors',
  'exporters',
  'extensions',
] as const;
const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\]):/;

interface Config {
  value: unknown;
  lineOf(path: readonly YamlStep[]): number;
  /** Whether an operator gives receivers without an endpoint one that is reached. */
  completed: boolean;
}

/** A collector of OpenTelemetry: whether proxies reach it and it passes traces on. */
export function checkCollector(context: DocumentContext): DocumentResult {
  const { findings, value } = context;
  const config = configOf(context);
  if (!config) {
    findings.add(
      'not-about-tracing',
      'It holds no configuration of a collector.',
    );
    return {};
  }
  removedFindings(context, config);
  pipelineFindings(context, config);
  const replicas = valueAt(value, 'spec', 'replicas');
  const tail = Object.keys(mapAt(config.value, 'processors')).some(
    name => typeOf(name) === 'tail_sampling',
  );
  if (tail && typeof replicas === 'number' && replicas > 1) {
    findings.add('tail-sampling-spread', `It has ${replicas} replicas.`, {
      line: context.lineOf(['spec', 'replicas']),
    });
  }
  return {};
}

/** The configuration: itself, in the resource as a map or as a text, or in a ConfigMap. */
function configOf({
  value,
  lineOf,
  recognised,
}: DocumentContext): Config | undefined {
  const completed = recognised.resourceKind === 'OpenTelemetryCollector';
  const paths: YamlStep[][] =
    recognised.resourceKind === 'ConfigMap'
      ? Object.keys(mapAt(value, 'data')).map(key => ['data', key])
      : [recognised.resourceKind ? ['spec', 'config'] : []];
  for (const path of paths) {
    const found = path.length > 0 ? valueAt(value, ...path) : value;
    if (isMap(found) && looksLikeCollector(found)) {
      return {
        value: found,
        lineOf: inner => lineOf([...path, ...inner]),
        completed,
      };
    }
    const config =
      typeof found === 'string'
        ? readInner(found, lineOf(path), completed)
        : undefined;
    if (config) return config;
  }
  return undefined;
}

function readInner(
  text: string,
  begin: number,
  completed: boolean,
): Config | undefined {
  try {
    const read = readYaml(text, { maxValues: YAML_CHECK_LIMITS.values });
    return isMap(read.value) && looksLikeCollector(read.value)
      ? {
          value: read.value,
          lineOf: path => begin + read.lineOf(path),
          completed,
        }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The type of a component, whose name may add one of its own: `otlp/jaeger`. */
function typeOf(name: string): string {
  return name.split('/')[0] ?? name;
}

function removedFindings(
  { findings }: DocumentContext,
  { value, lineOf }: Config,
): void {
  for (const section of SECTIONS) {
    for (const name of Object.keys(mapAt(value, section))) {
      const key = `${section}/${typeOf(name)}`;
      if (!Object.hasOwn(REMOVED, key)) continue;
      findings.add(
        'collector-component-removed',
        `${section}.${name} is gone from the collector.`,
        { line: lineOf([section, name]), whatToDo: `Use ${REMOVED[key]}.` },
      );
    }
  }
}

function pipelineFindings({ findings }: DocumentContext, config: Config): void {
  const { value, lineOf } = config;
  const pipelines = mapAt(value, 'service', 'pipelines');
  const traces = Object.keys(pipelines).filter(
    name => typeOf(name) === 'traces',
  );
  if (traces.length === 0) {
    findings.add('collector-without-traces', 'It has no pipeline traces.', {
      line: lineOf(['service', 'pipelines']),
    });
  }
  for (const pipeline of traces) {
    for (const section of ['receivers', 'processors', 'exporters'] as const) {
      const path = ['service', 'pipelines', pipeline, section];
      listAt(value, ...path).forEach((name, i) => {
        if (typeof name !== 'string') return;
        const configured =
          Object.hasOwn(mapAt(value, section), name) ||
          Object.hasOwn(mapAt(value, 'connectors'), name);
        if (!configured) {
          findings.add(
            'collector-component-missing',
            `Pipeline ${pipeline} names ${name}, which ${section} lacks.`,
            { line: lineOf([...path, i]) },
          );
        } else if (section === 'receivers') {
          listenFindings({ findings }, config, name);
        }
      });
    }
  }
}

function listenFindings(
  { findings }: Pick<DocumentContext, 'findings'>,
  { value, lineOf, completed }: Config,
  receiver: string,
): void {
  if (typeOf(receiver) !== 'otlp') return;
  for (const protocol of ['grpc', 'http']) {
    const path = ['receivers', receiver, 'protocols', protocol];
    if (
      !Object.hasOwn(mapAt(value, 'receivers', receiver, 'protocols'), protocol)
    ) {
      continue;
    }
    const endpoint = textAt(value, ...path, 'endpoint');
    if (endpoint === undefined ? !completed : LOCAL.test(endpoint)) {
      findings.add(
        'collector-listens-locally',
        `${receiver} by ${protocol} listens on ${
          endpoint ?? 'localhost, its default'
        }.`,
        { line: lineOf(path) },
      );
    }
  }
}
