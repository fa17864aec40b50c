import {
  parseYaml,
  type ProxyConfigParser,
} from 'backstage-plugin-mesh-tracing-common';
import { LRUCache } from 'lru-cache';

const REMEMBERED = 500;

/**
 * A parser of `PROXY_CONFIG`: JSON as the injector writes it, or YAML 1.1. Pods of
 * a mesh mostly carry the same text, so equal texts share one object.
 */
export function createProxyConfigParser(): ProxyConfigParser {
  const known = new LRUCache<string, object>({ max: REMEMBERED });
  return text => {
    const before = known.get(text);
    if (before) {
      return before;
    }
    const parsed: unknown = parseJsonOrYaml(text);
    if (parsed && typeof parsed === 'object') {
      known.set(text, parsed);
    }
    return parsed;
  };
}

function parseJsonOrYaml(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseYaml(text);
  }
}
