import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatPercent,
  type AmbientRoute,
  type AmbientTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { PlainList } from '../../shared/layout/PlainList';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import styles from './WorkloadLadder.module.css';

/** The ways of requests to a workload without a proxy, and who traces them there. */
export function AmbientRoutes({ ambient }: { ambient: AmbientTracing }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <div>
      <h3 className={styles.side}>{t('ways.title')}</h3>
      <PlainList>
        {ambient.routes.map(route => (
          <li key={`${route.to.kind} ${route.to.name} ${route.hostname ?? ''}`}>
            <Way route={route} isCaptured={ambient.captured} />
          </li>
        ))}
      </PlainList>
    </div>
  );
}

function Way(props: { route: AmbientRoute; isCaptured: boolean }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { to, label, server, state, fromIngress } = props.route;
  const who = useWhoTraces();
  const isTraced = state === 'waypoint';
  return (
    <>
      <strong>
        {to.kind === 'Workload'
          ? t('ways.toPods')
          : t('ways.toService', { kind: to.kind, name: to.name })}
      </strong>
      {': '}
      {who(props.route, props.isCaptured)}
      {label && ` (${t('ways.label', { kind: label.kind, name: label.name })})`}
      {isTraced && fromIngress && `; ${t('ways.fromIngress')}`}
      {isTraced &&
        server &&
        `; ${t('ways.differs', {
          percent: formatPercent(server.samplingPercent.value),
        })}`}
    </>
  );
}

/** Who traces the requests on a way, in a few words. */
function useWhoTraces(): (route: AmbientRoute, isCaptured: boolean) => string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return ({ state, waypoint }, isCaptured) => {
    if (state === 'no-waypoint') {
      return t(isCaptured ? 'ways.ztunnel' : 'ways.nothing');
    }
    return t(`ways.${state}`, {
      waypoint: waypoint ? `${waypoint.namespace}/${waypoint.name}` : '',
    });
  };
}
