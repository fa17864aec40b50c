import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from 'react-router-dom';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './ViewNavigation.module.css';
import { VIEWS, viewOf } from './views';

/** Links between the views; the time range goes along, filters do not. */
export function ViewNavigation() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parameters } = useTracingUrl();
  const current = viewOf(parameters);
  const titles = {
    overview: t('views.overview'),
    traces: t('views.traces'),
    latency: t('views.latency'),
    dependencies: t('views.dependencies'),
    sampling: t('views.sampling'),
    diagnosis: t('views.diagnosis'),
  };
  return (
    <nav className={styles.navigation} aria-label={t('views.label')}>
      {VIEWS.map(view => (
        <Link
          key={view}
          className={styles.link}
          to={{ search: searchOf(view, parameters) }}
          aria-current={view === current ? 'page' : undefined}
        >
          {titles[view]}
        </Link>
      ))}
    </nav>
  );
}

function searchOf(view: string, parameters: URLSearchParams): string {
  const next = new URLSearchParams();
  if (view !== 'overview') {
    next.set('view', view);
  }
  for (const name of ['range', 'from', 'to', 'auto']) {
    const value = parameters.get(name);
    if (value !== null) {
      next.set(name, value);
    }
  }
  return next.toString();
}
