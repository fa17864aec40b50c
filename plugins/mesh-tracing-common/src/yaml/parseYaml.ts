import { InputError } from '@backstage/errors';
import { isNode, parseAllDocuments } from 'yaml';
import { YamlReader } from './YamlReader';

/**
 * Reads YAML 1.1 as Istio and the tools of Kubernetes do (sigs.k8s.io/yaml):
 * the first document, as JSON values. Of keys that come twice the last counts,
 * keys that are numbers or booleans become text, merge keys are merged where
 * they stand, and an explicit tag such as `!!str` decides about the type of its
 * value.
 *
 * @throws InputError for what those tools refuse, with a reason and no content
 * @public
 */
export function parseYaml(text: string): unknown {
  try {
    // The failsafe schema leaves every scalar a text, since YamlReader decides
    // which of them are numbers or booleans.
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      resolveKnownTags: false,
      merge: false,
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: true,
    });
    const [document] = 'empty' in documents ? [] : documents;
    const [error] = document?.errors ?? [];
    if (error) {
      const { line } = error.linePos?.[0] ?? {};
      throw new InputError(`${error.code} in line ${line ?? '?'}`);
    }
    const root = document?.contents;
    return isNode(root) ? YamlReader.create(root).value(root) : null;
  } catch (error) {
    if (error instanceof RangeError) {
      throw new InputError('it is nested too deeply');
    }
    throw error;
  }
}
