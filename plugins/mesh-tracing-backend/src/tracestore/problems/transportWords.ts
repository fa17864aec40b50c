/** What happened, and what to do. */
export interface ProblemWords {
  /** Follows the name of the store. */
  what: string;
  advice?: string;
}

const UNRESOLVED = 'has a host name that cannot be resolved';
const CUT = 'cut the connection before its answer was complete';
const UNTRUSTED: ProblemWords = {
  what: 'has a certificate that is not trusted',
  advice: "set 'tls.caFile'",
};

/** By the codes of Node, OpenSSL, zlib and undici. */
const TRANSPORT_WORDS: Readonly<Record<string, ProblemWords>> = {
  ECONNREFUSED: {
    what: 'refuses the connection',
    advice: 'check that it runs, and its host and port',
  },
  ENOTFOUND: { what: UNRESOLVED, advice: 'check its URL' },
  EAI_AGAIN: { what: `${UNRESOLVED} now`, advice: 'check DNS' },
  ECONNRESET: {
    what: 'closed the connection',
    advice: 'check that its URL has the right scheme and port',
  },
  EPIPE: { what: 'closed the connection' },
  EHOSTUNREACH: { what: 'cannot be reached: no route to the host' },
  ENETUNREACH: { what: 'cannot be reached: no route to its network' },
  ETIMEDOUT: { what: 'does not accept the connection in time' },
  UND_ERR_CONNECT_TIMEOUT: { what: 'does not accept the connection in time' },
  UND_ERR_SOCKET: { what: CUT },
  UND_ERR_HEADERS_TIMEOUT: { what: 'did not begin to answer in time' },
  UND_ERR_BODY_TIMEOUT: { what: 'stopped in the middle of its answer' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { what: CUT },
  UND_ERR_HEADERS_OVERFLOW: { what: 'sends headers that are too large' },
  HPE_INVALID_CONSTANT: {
    what: 'does not speak HTTP on this port',
    advice: 'check its URL',
  },
  HPE_INVALID_VERSION: {
    what: 'does not speak HTTP on this port',
    advice: 'check its URL',
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    what: 'does not speak TLS on this port',
    advice: 'check whether its URL should begin with http:',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: { what: 'has a certificate that has expired' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: 'has a certificate for another host',
    advice: 'check its URL',
  },
  Z_DATA_ERROR: { what: 'sent an answer whose compression is damaged' },
  Z_BUF_ERROR: { what: 'sent a compressed answer that was cut' },
};

/**
 * @param failure - a code, or an empty text where there is none
 * @param brokeOff - the connection failed while the body was read
 */
export function transportWords(
  failure: string,
  brokeOff: boolean,
): ProblemWords {
  if (brokeOff) {
    return {
      what: CUT,
      advice: 'look whether it restarted or ran out of memory',
    };
  }
  return (
    TRANSPORT_WORDS[failure] ?? {
      what: `cannot be reached${failure ? ` (${failure})` : ''}`,
    }
  );
}
