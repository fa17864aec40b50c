import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { labPath } from '../labPath';
import type { KubeObject } from './resourcePath';

/** Objects of a YAML text with one or more documents. */
export function parseManifest(text: string): KubeObject[] {
  return parseAllDocuments(text).flatMap(document => {
    const [error] = document.errors;
    if (error) {
      throw error;
    }
    const value = document.toJS() as KubeObject | null;
    return value ? [value] : [];
  });
}

/** Objects of one file in `lab/manifests`. */
export function readManifest(file: string): KubeObject[] {
  return parseManifest(readFileSync(labPath('manifests', file), 'utf8'));
}

/** Custom resource definitions of every JSON file in a folder. */
export function readCustomResourceDefinitions(folder: string): KubeObject[] {
  return readdirSync(folder)
    .sort()
    .flatMap(
      file =>
        JSON.parse(readFileSync(join(folder, file), 'utf8')) as KubeObject[],
    )
    .filter(({ kind }) => kind === 'CustomResourceDefinition');
}
