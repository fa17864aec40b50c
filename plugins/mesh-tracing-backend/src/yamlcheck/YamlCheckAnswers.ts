import {
  checkDocuments,
  readYamlText,
  type YamlCheckMesh,
  type YamlCheckResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntityContext } from '../shared/EntityContext';

/** Longest work at a stretch, milliseconds. */
const STRETCH_MS = 20;

/**
 * Answers `POST …/yaml-check` from memory. Nothing of the text is kept, logged or
 * repeated in an error.
 */
export class YamlCheckAnswers {
  static create(): YamlCheckAnswers {
    return new YamlCheckAnswers();
  }

  private constructor() {}

  /**
   * What a text would do in each cluster with workloads of the entity. What it tells
   * of other resources is what `GET …/tracing` tells of them.
   */
  async check(
    context: EntityContext,
    text: string,
  ): Promise<YamlCheckResponse> {
    const { signal } = context;
    const { form, documents, documentsLeftOut } = await inStretches(
      readYamlText(text),
      signal,
    );
    const meshes = meshesOf(context);
    const clusters: YamlCheckResponse['clusters'] = [];
    for (const mesh of meshes.length > 0 ? meshes : [undefined]) {
      clusters.push(await inStretches(checkDocuments(documents, mesh), signal));
    }
    return { form, documentsLeftOut, clusters };
  }
}

function meshesOf({ snapshots, match }: EntityContext): YamlCheckMesh[] {
  return snapshots.flatMap(({ cluster, inputs }) => {
    const workloads = match.workloads.filter(
      workload => workload.cluster === cluster,
    );
    return workloads.length > 0 ? [{ cluster, inputs, workloads }] : [];
  });
}

/** Runs work that can be left in between, so that requests of others are not held up. */
async function inStretches<T>(
  work: Generator<undefined, T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  let begin = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - begin > STRETCH_MS) {
      await nextTurn();
      signal?.throwIfAborted();
      begin = performance.now();
    }
  }
}
