import type { MeshTracingInputs } from '../tracing';
import type { Workload } from '../workloads';
import { documentChecks } from './documents/documentChecks';
import { visibleState, type MeshState } from './effect/MeshState';
import { effectiveFindings } from './effect/effectiveFindings';
import { outcomesBetween } from './effect/outcomes';
import { YamlFindings } from './findings/YamlFindings';
import { YAML_CHECK_LIMITS } from './limits';
import type { CheckedDocument, ClusterYamlCheck } from './model/YamlCheck';
import { readDocuments, type ReadDocument } from './read/readDocuments';
import { isMap, textAt } from './read/values';
import { recognise, type Recognised } from './recognise/recognise';
import { isHeaderList } from './recognise/traceHeaders';
import { splitText } from './split/splitText';
import { yamlDocuments } from './split/yamlDocuments';
import { shortened } from '../shared/shortened';
import { visibleLine } from '../shared/visibleText';
import type { TextForm, YamlPiece } from './split/YamlPiece';

/** A cluster that a text is judged against. @public */
export interface YamlCheckMesh {
  cluster: string;
  inputs: MeshTracingInputs;
  /** Of the entity. */
  workloads: readonly Workload[];
}

/** A text, taken apart. @public */
export interface SplitYaml {
  form: TextForm;
  documents: readonly ReadDocument[];
  documentsLeftOut: number;
}

/** Without a cluster the text alone is judged, and all that it names is taken to exist. */
const NO_MESH: MeshTracingInputs = {
  meshConfig: {},
  meshConfigKnown: false,
  telemetries: [],
  istiod: { environmentKnown: false },
};
const TEMPLATE = '{{';
const VARIABLE = /\$\{?[A-Za-z_]/;

/**
 * Takes a pasted text apart, a document at a time, so that whoever runs it can let
 * others work in between. Never throws, whatever the text.
 * @public
 */
export function* readYamlText(text: string): Generator<undefined, SplitYaml> {
  const { form, pieces } = splitText(
    text.slice(0, YAML_CHECK_LIMITS.textLength),
  );
  const sources = pieces.flatMap((piece: YamlPiece) => yamlDocuments(piece));
  const documents: ReadDocument[] = [];
  let left = 0;
  for (const source of sources) {
    if (documents.length < YAML_CHECK_LIMITS.documents) {
      documents.push(...readDocuments(source));
      yield undefined;
    } else left += 1;
  }
  const most = YAML_CHECK_LIMITS.documents;
  return {
    form,
    documents: documents.slice(0, most),
    documentsLeftOut: left + Math.max(0, documents.length - most),
  };
}

/**
 * Judges the documents of a text against a cluster, one after another as they would
 * be applied. Never throws, whatever the text.
 *
 * @param mesh - absent for an entity without workloads
 * @public
 */
export function* checkDocuments(
  documents: readonly ReadDocument[],
  mesh: YamlCheckMesh | undefined,
): Generator<undefined, ClusterYamlCheck> {
  const workloads = (mesh?.workloads ?? []).slice(
    0,
    YAML_CHECK_LIMITS.workloads,
  );
  const begin = visibleState(
    mesh?.inputs ?? NO_MESH,
    workloads,
    mesh !== undefined,
  );
  let state = begin;
  const checked: CheckedDocument[] = [];
  for (const document of documents) {
    const [answer, after] = checkDocument(document, checked.length + 1, state);
    checked.push(answer);
    state = after;
    yield undefined;
  }
  return {
    ...(mesh ? { cluster: mesh.cluster } : {}),
    documents: checked,
    outcomes: outcomesBetween(begin, state),
    workloadsLeftOut: (mesh?.workloads.length ?? 0) - workloads.length,
  };
}

function checkDocument(
  document: ReadDocument,
  number: number,
  state: MeshState,
): [CheckedDocument, MeshState] {
  const findings = new YamlFindings();
  const recognised = kindOf(document);
  const base = {
    number,
    firstLine: document.firstLine,
    lastLine: document.lastLine,
    ...legibleIdentity(recognised),
  };
  textFindings(document, recognised, findings);
  if (!isMap(document.value) || findings.verdict() !== 'works') {
    return [
      {
        ...base,
        verdict: findings.verdict(),
        findings: findings.list(),
        outcomes: [],
      },
      state,
    ];
  }
  const result = documentChecks[recognised.kind]({
    value: document.value,
    text: document.text,
    recognised,
    lineOf: path => document.lineOf(path),
    findings,
    state,
  });
  const refused = findings.verdict() === 'refused';
  const after = refused ? state : result.state ?? state;
  for (const finding of effectiveFindings(state, after)) {
    if (!findings.has(finding.code)) findings.addEffective(finding);
  }
  return [
    {
      ...base,
      verdict: findings.verdict(),
      findings: findings.list(),
      ...(result.placement ? { placement: result.placement } : {}),
      outcomes:
        after === state
          ? []
          : outcomesBetween(state, after).filter(
              ({ changedFields }) => changedFields.length > 0,
            ),
    },
    after,
  ];
}

function kindOf(document: ReadDocument): Recognised {
  if (!isMap(document.value) && isHeaderList(document.text)) {
    return { kind: 'trace-headers' };
  }
  return document.failure ? { kind: 'unreadable' } : recognise(document.value);
}

/** Names as they may be shown. */
function legibleIdentity({ kind, ...stated }: Recognised): Recognised {
  return {
    kind,
    ...Object.fromEntries(
      Object.entries(stated).map(([field, text]) => [
        field,
        shortened(visibleLine(text)),
      ]),
    ),
  };
}

/** What can be said of a document before its kind matters. */
function textFindings(
  { text, value, failure, expands, lineOf, firstLine }: ReadDocument,
  { kind, resourceKind, name }: Recognised,
  findings: YamlFindings,
): void {
  if (kind === 'trace-headers') {
    findings.add(
      'headers-configure-nothing',
      'It lists names of trace headers, and configures nothing.',
      { line: firstLine },
    );
    return;
  }
  if (failure?.kind === 'too-large') {
    findings.add('yaml-too-large', `Not looked at: ${failure.reason}.`, {
      line: firstLine,
    });
    return;
  }
  if (failure) {
    findings.add(
      text.includes(TEMPLATE) ? 'yaml-template' : 'yaml-unreadable',
      `It can not be read: ${failure.reason}.`,
      { line: failure.line ?? firstLine },
    );
    return;
  }
  if (expands && VARIABLE.test(text)) {
    findings.add('shell-variable', 'It holds variables of the shell.', {
      line: firstLine,
    });
  }
  if (!isMap(value)) {
    findings.add('not-about-tracing', 'It is no map, as every resource is.');
  } else if (
    resourceKind !== undefined &&
    kind !== 'other' &&
    name === undefined &&
    kind !== 'istio-operator' &&
    textAt(value, 'metadata', 'generateName') === undefined
  ) {
    findings.add('resource-name-missing', `${resourceKind} has no name.`, {
      line: lineOf(['metadata']),
    });
  }
}
