import { describeCodes } from '../model/describeCodes';
import type { DiagnosisDescription } from '../model/DiagnosisDescription';

const store = describeCodes('store');
const names = describeCodes('names');
const arrival = describeCodes('arrival');
const limits = describeCodes('limits');

/** Every code of the rungs that a trace store answers for. @public */
export const storeRungCatalog = {
  'store-not-configured': store(
    'broken',
    'No trace store is configured.',
    'Add one under meshTracing.traceStores.',
  ),
  'store-not-chosen': store(
    'broken',
    "There are several trace stores, and neither the entity nor the workload's cluster names one.",
    'Name it as traceStore of the cluster, or in the annotation meshtracing.io/trace-store.',
  ),
  'store-name-unknown': store(
    'broken',
    'The entity names a trace store that is not configured.',
    'Correct the annotation meshtracing.io/trace-store.',
  ),
  'store-down': store(
    'broken',
    'Nobody answers at the address of the trace store, or only a proxy that finds nobody behind it.',
    'Start the trace store again, or correct host and port of its url.',
  ),
  'store-host-unknown': store(
    'broken',
    "The host name in the store's url has no address.",
    'Correct the host in url, or mend DNS where the portal runs.',
  ),
  'store-too-slow': store(
    'broken',
    'The trace store accepts requests, but does not answer in time, or turns them down for their number.',
    'Look at the load of the store and of its storage.',
  ),
  'store-tls': store(
    'broken',
    'The TLS connection to the trace store fails: its certificate is not trusted, has expired or is for another host, or one side speaks plain HTTP.',
    "Set tls.caFile, renew the certificate, or correct the scheme of the store's url.",
  ),
  'store-login-page': store(
    'broken',
    'A login page stands in front of the trace store and answers in its place.',
    'Give the portal credentials that pass it, or the address of the query service behind it.',
  ),
  'store-moved': store(
    'broken',
    'The trace store redirects to another scheme or port of the same host, which is not followed.',
    'Write the final address into url.',
  ),
  'store-wrong-path': store(
    'broken',
    'Jaeger answers at the address, under another base path than the configured one.',
    'Set basePath to the path that it answers under.',
  ),
  'store-not-jaeger': store(
    'broken',
    'Something answers at the address that does not speak the API of a Jaeger query service.',
    'Correct url and basePath: they name the query service, port 16686 by default, not the collector.',
  ),
  'store-dialect-missing': store(
    'broken',
    'The trace store lacks the API of the configured dialect.',
    'Remove dialect, so that the portal finds out.',
  ),
  'store-tenant-missing': store(
    'broken',
    'The trace store keeps its tenants apart, and the portal names none.',
    'Set tenant.value of the store to the tenant that the spans are written to.',
  ),
  'store-tenant-unknown': store(
    'broken',
    'The trace store does not know the tenant that the portal names.',
    'Correct tenant.value of the store.',
  ),
  'store-tenant-empty': store(
    'broken',
    'The trace store keeps its tenants apart and holds nothing for the tenant that the portal names.',
    'Correct tenant.value of the store, or let the collectors send this tenant.',
  ),
  'store-credentials-refused': store(
    'broken',
    "The trace store, or what stands before it, refuses the portal's credentials.",
    'Correct auth or headers of the store.',
  ),
  'store-storage-failed': store(
    'broken',
    'The trace store answers, but its storage fails.',
    "Look into the store's log, and at its storage.",
  ),
  'store-failed': store(
    'broken',
    'The trace store fails for another reason, which its message tells.',
    'Do as the message says.',
  ),
  'store-clock-off': store(
    'broken',
    "The clocks of portal and store differ by five minutes or more, so that 'the last hour' of one is another hour of the other.",
    'Set both clocks by NTP.',
  ),
  'store-clock-drift': store(
    'doubtful',
    'The clocks of portal and store differ by ten seconds or more: the newest traces may be missing from a window that ends now.',
    'Set both clocks by NTP.',
  ),
  'store-unread': store(
    'unknown',
    'The state of the trace store could not be asked for, or may not be told.',
    'A trace store that answers; if it is withheld, the permission mesh-tracing.traces.read.',
  ),
  'names-annotation-wrong': names(
    'broken',
    'The entity lists names of its own, none of which is in the store; its spans are there under another.',
    'Correct the annotation meshtracing.io/service-names.',
  ),
  'names-other': names(
    'broken',
    'None of the names that would be asked for is in the store; spans of this workload are there under another name.',
    'List the name in the annotation meshtracing.io/service-names, or restart proxies that keep an older scheme of naming.',
  ),
  'names-near': names(
    'doubtful',
    'None of the names that would be asked for is in the store; similar ones are.',
    'If one of them is this workload, list it in the annotation meshtracing.io/service-names.',
  ),
  'names-absent': names(
    'unknown',
    'None of the names that would be asked for is in the store, and none is similar: as long as no span has arrived, names cannot be compared.',
    'A first span of the workload; the rungs below say why there is none.',
  ),
  'names-unread': names(
    'unknown',
    'The names in the store could not be read.',
    'A trace store that answers; if it is withheld, the permission mesh-tracing.traces.read.',
  ),
  'arrival-other-tenant': arrival(
    'broken',
    'The proxies send their spans to another tenant than the one the portal reads.',
    'Give portal and provider the same tenant.',
  ),
  'arrival-other-name': arrival(
    'broken',
    'Spans of this workload arrive, under a name that is not asked for.',
    'List the name in the annotation meshtracing.io/service-names.',
  ),
  'arrival-of-others': arrival(
    'doubtful',
    'Traces are in the store under the names of this workload, but their spans tell that another workload sent them.',
    'Look which workloads share the name: in another cluster or namespace, or a version that is no longer there.',
  ),
  'arrival-none': arrival(
    'doubtful',
    'No span of this workload is in the store in this window, under any name that was looked at.',
    'Mend the rungs above; if they are in order, choose a longer window.',
  ),
  'arrival-unread': arrival(
    'unknown',
    'Whether spans arrive could not be read.',
    'A trace store that answers; if it is withheld, the permission mesh-tracing.traces.read.',
  ),
  'limits-spans-in-future': limits(
    'broken',
    'Spans of this workload are dated in the future, so that no window that ends now finds them: the clock of their node is ahead.',
    'Set the clock of the node by NTP.',
  ),
  'limits-spans-in-past': limits(
    'broken',
    'Spans of this workload are dated before the window, while other spans of the same traces lie much later: the clock of their node is behind.',
    'Set the clock of the node by NTP.',
  ),
  'limits-clock-off': limits(
    'broken',
    'In traces, spans of this workload lie a minute or more before or after the calls that they serve: windows miss them, and no times in the traces are right.',
    'Set the clock of the node by NTP.',
  ),
  'limits-clock-skew': limits(
    'doubtful',
    'In traces, spans of this workload begin before their caller called or after it was answered: the clocks of the nodes differ by a second or more.',
    'Set the clocks of the nodes by NTP.',
  ),
  'limits-spans-late': limits(
    'doubtful',
    'The newest span is much older than the distance between spans before it: they arrive late, or stopped.',
    'Look at the queues of the collectors and of the storage, then at the traffic.',
  ),
  'limits-retention': limits(
    'doubtful',
    'Requests were counted in the first part of the window, of which the store holds no trace: it may keep traces for a shorter time than was asked about.',
    'Choose a shorter window, or let the store keep traces longer.',
  ),
  'limits-unread': limits(
    'unknown',
    'Clocks and limits could not be judged, for want of traces.',
    'Traces of this workload that may be read; if they are withheld, the permission mesh-tracing.traces.read.',
  ),
} as const satisfies Record<string, DiagnosisDescription>;

/** A code of `storeRungCatalog`. @public */
export type StoreRungCode = keyof typeof storeRungCatalog;
