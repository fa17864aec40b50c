import type {
  AlertGroup,
  AlertRule,
} from 'backstage-plugin-mesh-tracing-common';

/** A counter over time: so many a second for so many minutes, one after the other. */
export interface Course {
  series: string;
  perSecond: Array<{ minutes: number; rate: number }>;
}

/** Which alerts fire at a moment, and what their descriptions tell as the value. */
export interface Moment {
  atMinutes: number;
  firing: Array<{ rule: AlertRule; value: string }>;
}

/** Rules on courses of which everything is known. */
export interface RuleTest {
  name: string;
  groups: AlertGroup[];
  courses: Course[];
  moments: Moment[];
}

/** As promtool reads values: one a minute, spelt out. */
function valuesOf({ perSecond }: Course): string {
  let count = 0;
  const values = [0];
  for (const { minutes, rate } of perSecond) {
    for (let minute = 0; minute < minutes; minute++) {
      count += rate * 60;
      values.push(count);
    }
  }
  return values.join(' ');
}

/** What Prometheus makes of a template. */
function expanded(text: string, value: string): string {
  return text
    .replace(/\{\{ \$value \|[^}]*\}\}/g, value)
    .replaceAll('{{ "{" }}', '{');
}

function expectedAlert({ rule, value }: Moment['firing'][number]) {
  const texts = (of: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(of).map(([name, text]) => [name, expanded(text, value)]),
    );
  return {
    exp_labels: texts(rule.labels),
    exp_annotations: texts(rule.annotations),
  };
}

/** A file of promtool's rule tests; at each moment every alert is looked at. */
export function ruleTestFile(ruleFile: string, test: RuleTest): object {
  const names = [
    ...new Set(
      test.groups.flatMap(({ alerts }) => alerts.map(({ alert }) => alert)),
    ),
  ];
  return {
    rule_files: [ruleFile],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        name: test.name,
        input_series: test.courses.map(course => ({
          series: course.series,
          values: valuesOf(course),
        })),
        alert_rule_test: test.moments.flatMap(({ atMinutes, firing }) =>
          names.map(alertname => ({
            eval_time: `${atMinutes}m`,
            alertname,
            exp_alerts: firing
              .filter(({ rule }) => rule.alert === alertname)
              .map(expectedAlert),
          })),
        ),
      },
    ],
  };
}
