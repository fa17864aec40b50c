import { z } from 'zod';

const duration = z
  .string()
  .regex(
    /^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$/,
  );
const texts = z.record(z.string(), z.string());

/**
 * The custom resource as far as its definition constrains what is written here:
 * names, required fields, and no others.
 * Source: Prometheus Operator, API `monitoring.coreos.com/v1`.
 */
export const prometheusRuleSchema = z.strictObject({
  apiVersion: z.literal('monitoring.coreos.com/v1'),
  kind: z.literal('PrometheusRule'),
  metadata: z.strictObject({
    name: z
      .string()
      .max(253)
      .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
    namespace: z.string().optional(),
    labels: texts.optional(),
  }),
  spec: z.strictObject({
    groups: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          rules: z.array(
            z.union([
              z.strictObject({
                record: z.string(),
                expr: z.string(),
                labels: texts,
              }),
              z.strictObject({
                alert: z.string(),
                expr: z.string(),
                for: duration.min(1).optional(),
                labels: texts,
                annotations: texts,
              }),
            ]),
          ),
        }),
      )
      .refine(
        groups =>
          new Set(groups.map(({ name }) => name)).size === groups.length,
        'names of groups are unique',
      ),
  }),
});
