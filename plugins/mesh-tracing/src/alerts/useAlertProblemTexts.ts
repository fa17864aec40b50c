import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import {
  FIELD_LIMITS,
  type AlertField,
  type AlertPart,
  type AlertProblem,
} from './alertDraft';

type OtherProblem = Exclude<AlertProblem['at'], 'number'>;

/** Problems of the form as texts beside their fields; undefined where there is none. */
export interface AlertProblemTexts {
  ofNumber(part: AlertPart, field: AlertField): string | undefined;
  of(at: OtherProblem): string | undefined;
}

/** Words for what is wrong in the form. */
export function useAlertProblemTexts(
  problems: AlertProblem[],
): AlertProblemTexts {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const others: Record<OtherProblem, string> = {
    nothing: t('alerts.nothing'),
    noPercentile: t('alerts.noPercentile'),
    namespace: t('alerts.wrongNamespace'),
    labels: t('alerts.wrongLabels'),
  };
  return {
    ofNumber(part, field) {
      const isThere = problems.some(
        problem =>
          problem.at === 'number' &&
          problem.part === part &&
          problem.field === field,
      );
      const { least, most, isWhole } = FIELD_LIMITS[field];
      return isThere
        ? t(isWhole ? 'alerts.wrongWhole' : 'alerts.wrongNumber', {
            name: t(`alerts.${field}`),
            least: String(least),
            most: String(most),
          })
        : undefined;
    },
    of: at =>
      problems.some(problem => problem.at === at) ? others[at] : undefined,
  };
}
