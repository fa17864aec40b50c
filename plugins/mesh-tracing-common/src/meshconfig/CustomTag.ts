/**
 * A custom span tag. Istio's one-of: exactly one kind should be present; the
 * CRD also accepts none, which breaks the proxy's listener.
 * @public
 */
export interface CustomTag {
  /** A constant. */
  literal?: { value?: string };
  /** An environment variable of the `istio-proxy` container. */
  environment?: { name?: string; defaultValue?: string };
  /** The first value of a request header. */
  header?: { name?: string; defaultValue?: string };
  /** An Envoy access-log format string; needs a proxy of Istio 1.29 or newer. */
  formatter?: { value?: string };
}
