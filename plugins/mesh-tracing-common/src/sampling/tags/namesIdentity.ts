import { toWords } from './toWords';

/**
 * Whom a proxy in front has recognized, in headers whose names sound like those
 * of credentials and hold none: oauth2-proxy, Identity-Aware Proxy, Grafana's
 * auth proxy, authentik, Cloudflare Access.
 */
const RECOGNIZED =
  /^x-auth-request-(?:user|email|groups|preferred-username)$|^x-(?:goog-)?authenticated-(?:user-?(?:id|email|name)?|groups|scope)$|^x-webauth-(?:user|name|email|login|groups?|roles?)$|^x-authentik-(?:username|name|email|uid|groups|entitlements)$|^cf-access-authenticated-user-(?:email|name|id)$/;

/** What gateways tell of who is behind a request, by families of names. */
const FAMILIES = [
  /^x-ms-client-principal-(?:id|name|idp)$/,
  /^tailscale-(?:user|name|login)(?:-[a-z-]+)?$/,
  /^cf-access-[a-z-]+$/,
  /^(?:x-)?ssl-client-[a-z-]+$/,
  /^x-client-(?:dn|cn|subject|common-name)$/,
  /^x-amzn-oidc-identity$/,
  /^x-amzn-mtls-clientcert(?:-[a-z-]+)?$/,
  /^x-(?:vouch|pomerium)-[a-z-]+$/,
  /^(?:x-)?oidc-(?:sub|name|groups|claim-[a-z-]+)$/,
  /^x-(?:remote|forwarded)-(?:groups?|uid|extra-[a-z-]+)$/,
  /^remote-(?:groups?|name)$/,
  /^impersonate-(?:group|uid|extra-[a-z-]+)$/,
  /^from$/,
];

/** A person, and what of it: `x-user-id`, `x-customer-number`. */
const ATTRIBUTE_OF_PERSON =
  /(?:user|customer|account|member|employee|person|patient|subscriber|consumer|principal|visitor|student)-?(?:u?id|ids|uuid|guid|name|full-?name|first-?name|last-?name|display-?name|e-?mail|mail|login|number|ref|sub|dn|cn|upn|phone)$/;

/** What is nobody else's, whatever stands before: `remote-user`, `x-email`. */
const PERSON =
  /(?:^|-)(?:end-?)?(?:user|username|email|e-mail|mail|principal|upn|login|eppn|msisdn|ssn|phone|phone-?number|dob|birth-?date|date-of-birth|first-?name|last-?name|full-?name|given-name|family-name|surname)$/;

/** Whether a name sounds like a credential's and tells only who the user is. */
export function isRecognizedIdentity(name: string): boolean {
  return RECOGNIZED.test(toWords(name));
}

/**
 * Whether a header tells who the user is: what authenticating proxies add, and
 * what applications commonly call it. Personal data, but no secret.
 */
export function namesIdentity(name: string): boolean {
  const words = toWords(name);
  return [RECOGNIZED, ...FAMILIES, ATTRIBUTE_OF_PERSON, PERSON].some(pattern =>
    pattern.test(words),
  );
}
