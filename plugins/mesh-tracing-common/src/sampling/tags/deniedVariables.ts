import { looksSecret } from './looksSecret';
import { toWords } from './toWords';

/** What a site says of variables of the proxy. @public */
export interface VariableRules {
  /** May be tags although their names look like a secret; as they are written. */
  allowEnvironment?: readonly string[];
}

/** Settings of the proxy (Istio: pilot-agent) that are only named like a secret. */
const HARMLESS_VARIABLES: ReadonlySet<string> = new Set([
  'JWT_POLICY',
  'CREDENTIAL_FETCHER_TYPE',
  'TOKEN_AUDIENCES',
]);

/** Addresses of what asks for a password are commonly written with it. */
const CONNECTION =
  /(?:^|-)(?:dsn|conn(?:ection)?-?str(?:ing)?)(?=-|$)|(?:^|-)(?:database|db|jdbc|postgres(?:ql)?|pg|mysql|mariadb|mongo(?:db)?|redis|amqp|rabbitmq|broker|cache|smtp|ldap|clickhouse|elastic(?:search)?)-?(?:url|uri)$|(?:^|-)webhook-?(?:url|uri)$/;

/**
 * A variable that is named like a key counts as secret, unless its name says
 * what else the key is for.
 */
const KEY = /(?:^|-)keys?$/;
const PLAIN_KEY =
  /(?:^|-)(?:routing|idempotency|cache|partition|shard|sort|tenant|surrogate|correlation|public|primary|foreign|group)-keys?$/;

/**
 * Whether tags may not copy that variable of the proxy, since its name reads
 * like that of something secret and the site has not said that it is none.
 * @public
 */
export function isDeniedVariable(
  name: string,
  { allowEnvironment = [] }: VariableRules,
): boolean {
  const exact = name.trim();
  return (
    readsLikeSecret(exact) &&
    !HARMLESS_VARIABLES.has(exact) &&
    !allowEnvironment.includes(exact)
  );
}

function readsLikeSecret(name: string): boolean {
  // Frameworks write their settings in camelCase: dbPassword is found as it is,
  // dbPin only as db_Pin.
  const split = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return [name, split].some(spelling => {
    const words = toWords(spelling);
    return (
      looksSecret(words) ||
      CONNECTION.test(words) ||
      (KEY.test(words) && !PLAIN_KEY.test(words))
    );
  });
}
