import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  entityEnvelopeSchemaValidator,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_OWNERS,
  ANNOTATION_WORKLOADS,
  formatWorkloadRef,
  KUBERNETES_ANNOTATIONS,
} from 'backstage-plugin-mesh-tracing-common';
import { parseAllDocuments } from 'yaml';
import { shopWorkloads } from './shopWorkloads';

const NOW_MS = Date.parse('2026-08-03T10:00:00Z');

const EXAMPLES = resolve(__dirname, '../../../../examples');

/** The entities of a file and of the files that its Locations name. */
function load(file: string): Entity[] {
  const isEntity = entityEnvelopeSchemaValidator();
  return parseAllDocuments(readFileSync(file, 'utf8')).flatMap(document => {
    expect(document.errors).toEqual([]);
    const entity: Entity = isEntity(document.toJS());
    const targets = entity.kind === 'Location' ? entity.spec?.targets : [];
    return [
      entity,
      ...(targets as string[]).flatMap(target =>
        load(join(dirname(file), target)),
      ),
    ];
  });
}

function strings(value: unknown): string[] {
  return [value].flat().filter(item => typeof item === 'string');
}

/** What an entity refers to, as full references. */
function references({ spec = {}, metadata }: Entity): string[] {
  const of = (field: string, defaultKind: string) =>
    strings(spec[field]).map(ref =>
      stringifyEntityRef(
        parseEntityRef(ref, {
          defaultKind,
          defaultNamespace: metadata.namespace ?? 'default',
        }),
      ),
    );
  return [
    ...of('owner', 'Group'),
    ...of('system', 'System'),
    ...of('domain', 'Domain'),
    ...of('parent', 'Group'),
    ...of('children', 'Group'),
    ...of('memberOf', 'Group'),
    ...of('providesApis', 'API'),
    ...of('consumesApis', 'API'),
    ...of('dependsOn', 'Component'),
  ];
}

describe.each(['all.yaml', 'lab.yaml'])('examples/%s', file => {
  const entities = load(join(EXAMPLES, file));
  const refs = entities.map(entity => stringifyEntityRef(entity));

  it('describes each entity once', () => {
    expect(refs.length).toBeGreaterThan(10);
    expect(new Set(refs).size).toBe(refs.length);
  });

  it('refers only to entities that it contains', () => {
    expect(
      entities
        .flatMap(references)
        .filter(reference => !refs.includes(reference)),
    ).toEqual([]);
  });

  it('has the people that one can sign in as, each in a team', () => {
    expect(refs).toEqual(
      expect.arrayContaining([
        'user:default/guest',
        'user:default/olivia',
        'user:default/max',
        'user:default/petra',
      ]),
    );
  });
});

describe('the annotations of the shop', () => {
  const workloads = shopWorkloads(NOW_MS);
  const components = load(join(EXAMPLES, 'all.yaml')).filter(
    ({ kind }) => kind === 'Component',
  );
  const annotated = (annotation: string) =>
    components.flatMap(({ metadata }) => {
      const value = metadata.annotations?.[annotation];
      return value ? [value] : [];
    });

  it('lead to workloads by id', () => {
    const ids = annotated(KUBERNETES_ANNOTATIONS.id);
    expect(ids.length).toBeGreaterThan(10);
    for (const id of ids) {
      expect(
        workloads.some(({ labels }) => labels[KUBERNETES_ANNOTATIONS.id] === id)
          ? []
          : [id],
      ).toEqual([]);
    }
  });

  it('lead to workloads by name and by selector', () => {
    expect(workloads.map(formatWorkloadRef)).toEqual(
      expect.arrayContaining(annotated(ANNOTATION_WORKLOADS)),
    );
    expect(annotated(ANNOTATION_WORKLOADS)).toHaveLength(1);
    expect(annotated(ANNOTATION_LABEL_SELECTOR)).toEqual([
      'app=inventory',
      'app',
    ]);
  });

  it('claim one workload equally and some weakly, and the cluster names the owners of one', () => {
    const byId = components.filter(
      ({ metadata }) =>
        metadata.annotations?.[KUBERNETES_ANNOTATIONS.id] === 'search-index',
    );
    expect(new Set(byId.map(({ spec }) => spec?.owner))).toEqual(
      new Set(['group:default/storefront', 'group:default/commerce']),
    );
    const named = workloads.filter(
      ({ annotations }) => annotations[ANNOTATION_OWNERS],
    );
    expect(named.map(({ name }) => name)).toEqual(['checkout']);
    const weak = components.find(
      ({ metadata }) => metadata.name === 'payments-mesh',
    );
    expect(weak?.spec?.owner).toBe('group:default/platform');
  });

  it('are missing from pricing, which nothing else leads to', () => {
    const pricing = components.find(
      ({ metadata }) => metadata.name === 'pricing',
    );
    expect(pricing?.metadata.annotations).toBeUndefined();
    expect(
      workloads.find(({ name }) => name === 'pricing')?.labels[
        KUBERNETES_ANNOTATIONS.id
      ],
    ).toBeUndefined();
  });
});
