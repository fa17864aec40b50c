import type { AlertCheck, AlertRulesRequest, AlertRulesResponse } from '../api';
import { cell, table } from '../shared/markdown';
import { visibleLine } from '../shared/visibleText';
import type { AlertFiles } from './alertFiles';
import type { AlertGroup, AlertRule } from './AlertRule';
import { objectName } from './objectName';

/** What a repository is offered. @public */
export type AlertPullRequest = NonNullable<
  AlertRulesResponse['files']
>['pullRequest'];

/**
 * A branch, a path, the file, and a title and a text in Markdown that say what the
 * rules are and what the live metrics say of them.
 *
 * @param of.groups - those that stand in the files
 * @public
 */
export function alertPullRequest(of: {
  title: string;
  groups: AlertGroup[];
  files: AlertFiles;
  format: AlertRulesRequest['format'];
  checkOf: (rule: AlertRule) => AlertCheck;
}): AlertPullRequest {
  const { title, groups, files, format = 'prometheus-rule', checkOf } = of;
  const name = objectName(title);
  const alerts = groups.flatMap(group => group.alerts);
  const rows = groups.flatMap(group =>
    group.alerts.map(rule => [
      group.entityRef ?? 'all that send spans there',
      [rule.alert, rule.variant].filter(Boolean).join(' '),
      conditionText(rule),
      rule.severity,
      checkText(rule, checkOf(rule)),
    ]),
  );
  return {
    branch: name.replace(/^mesh-tracing-/, 'mesh-tracing/alerts-'),
    path: `alerts/${name}.yaml`,
    title: `Alert rules for ${visibleLine(title)}`,
    body: [
      `Adds ${alerts.length} alert ${
        alerts.length === 1 ? 'rule' : 'rules'
      } for ${cell(title)}, made by Mesh Tracing.`,
      '',
      ...table(
        ['Entity', 'Alert', 'Fires', 'Severity', 'Checked against Prometheus'],
        rows,
      ),
      '',
    ].join('\n'),
    content: format === 'rule-file' ? files.ruleFile : files.prometheusRule,
  };
}

function conditionText({
  kind,
  unit,
  threshold,
  forMinutes,
}: AlertRule): string {
  const direction = kind === 'traced-share' ? 'below' : 'above';
  const number = Number(threshold.toPrecision(4));
  const after = forMinutes > 0 ? `, after ${forMinutes} min` : '';
  return `${direction} ${number} ${unit === 'percent' ? '%' : 'ms'}${after}`;
}

function checkText({ unit }: AlertRule, check: AlertCheck): string {
  switch (check.state) {
    case 'verified': {
      const now =
        check.value === null
          ? 'no value now'
          : `${Number(check.value.toPrecision(3))} ${
              unit === 'percent' ? '%' : 'ms'
            } now`;
      return check.firedCount === null
        ? `series exist; ${now}`
        : `series exist; ${now}; would have fired ${check.firedCount} times in 24 h`;
    }
    case 'no-series':
      return `no series: ${check.missing
        .map(({ metric }) => metric)
        .join(', ')}`;
    default:
      return 'not checked';
  }
}
