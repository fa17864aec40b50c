import { textsOf } from '../model/attributes';
import type { Span } from '../model/Trace';

/**
 * What Envoy's response flags mean, by its documentation of access logs. "It" is
 * the request.
 */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['UH', 'no instance of the called service is healthy'],
  ['UF', 'the called service could not be connected to'],
  ['UO', 'a circuit breaker is open: too many requests are under way'],
  ['NR', 'no route matches the request'],
  ['URX', 'the limit of retries was reached'],
  ['NC', 'the proxy does not know the called service'],
  ['DT', 'it took longer than is allowed'],
  ['DC', 'the caller closed the connection'],
  ['LH', 'the called instance fails its own health check'],
  ['UT', 'the called service did not answer in time'],
  ['LR', 'the proxy reset the connection'],
  ['UR', 'the called service reset the connection'],
  ['UC', 'the called service closed the connection'],
  ['DI', 'a fault was injected: it was delayed'],
  ['FI', 'a fault was injected: it was aborted'],
  ['RL', 'the rate of requests is limited'],
  ['UAEX', 'external authorization denied it'],
  ['RLSE', 'the service that limits rates failed'],
  ['IH', 'one of its headers has a value that is not allowed'],
  ['SI', 'nothing was sent for too long'],
  ['DPE', 'the caller broke the protocol'],
  ['UPE', 'the called service broke the protocol'],
  ['UMSDR', 'the call took longer than a stream may'],
  ['RFCF', 'it was answered from a cache'],
  ['NFCF', 'the configuration of a filter was not there in time'],
  ['OM', 'the proxy is overloaded'],
  ['DF', 'the name of the called service could not be resolved'],
  ['DR', 'the caller reset the connection'],
  ['DRO', 'the overloaded proxy dropped it'],
]);

/**
 * Response flags of a span, of which Envoy writes several with commas between,
 * and `-` for none.
 */
export function responseFlagsOf(span: Pick<Span, 'attributes'>): string[] {
  return textsOf(span.attributes.response_flags)
    .flatMap(text => text.split(','))
    .map(flag => flag.trim())
    .filter(flag => flag !== '' && flag !== '-');
}

/**
 * Envoy's response flags in plain words; a flag that is not known stays as it is.
 *
 * @param flags - as Envoy writes them: `UF,URX`
 * @public
 */
export function describeResponseFlags(flags: string): string {
  return responseFlagsOf({ attributes: { response_flags: flags } })
    .map(flag => {
      const meaning = MEANINGS.get(flag.toUpperCase());
      return meaning ? `${meaning} (${flag})` : flag;
    })
    .join(', ');
}
