import type { Config } from '@backstage/config';

const INDEX = /\[\d+\]/g;

/**
 * A configuration that notes the path of each value that is asked for, without
 * the places in lists.
 */
export function recordingConfig(
  config: Config,
  read: Set<string>,
  path = '',
): Config {
  const below = (key: string) =>
    (path ? `${path}.${key}` : key).replace(INDEX, '');
  return new Proxy(config, {
    get(target, method: keyof Config) {
      const act = target[method];
      if (typeof act !== 'function') {
        return act;
      }
      return (key: string, ...rest: unknown[]) => {
        const answer: unknown = Reflect.apply(act, target, [key, ...rest]);
        const wrap = (inner: Config) =>
          recordingConfig(inner, read, below(key));
        if (method.endsWith('ConfigArray')) {
          return (answer as Config[] | undefined)?.map(wrap);
        }
        if (method.endsWith('Config')) {
          return answer && wrap(answer as Config);
        }
        read.add(below(key));
        return answer;
      };
    },
  });
}
