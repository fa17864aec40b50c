import type { Schema } from './Schema';

const flag: Schema = { type: 'boolean', nullable: true };
const optionalText: Schema = { type: 'string' };
const requiredText: Schema = { type: 'string', minLength: 1 };
const opaqueList: Schema = { type: 'array', opaque: true };

const withValue: Schema = {
  type: 'object',
  required: ['value'],
  properties: { value: requiredText },
};

const withName: Schema = {
  type: 'object',
  required: ['name'],
  properties: { name: requiredText, defaultValue: optionalText },
};

const customTag: Schema = {
  type: 'object',
  properties: {
    literal: withValue,
    environment: withName,
    header: withName,
    formatter: withValue,
  },
  atMostOneOf: ['literal', 'environment', 'header', 'formatter'],
};

const tracing: Schema = {
  type: 'object',
  properties: {
    match: {
      type: 'object',
      properties: {
        mode: {
          type: 'string',
          enum: ['CLIENT_AND_SERVER', 'CLIENT', 'SERVER'],
        },
      },
    },
    providers: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: requiredText },
      },
    },
    randomSamplingPercentage: {
      type: 'number',
      nullable: true,
      minimum: 0,
      maximum: 100,
    },
    disableSpanReporting: flag,
    customTags: { type: 'object', additionalProperties: customTag },
    enableIstioTags: flag,
    useRequestIdForTraceSampling: flag,
    disableContextPropagation: flag,
  },
};

const targetRef: Schema = {
  type: 'object',
  required: ['kind', 'name'],
  properties: {
    group: {
      type: 'string',
      maxLength: 253,
      pattern:
        /^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    },
    kind: {
      type: 'string',
      minLength: 1,
      maxLength: 63,
      pattern: /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/,
    },
    name: { type: 'string', minLength: 1, maxLength: 253 },
    namespace: {
      type: 'string',
      rules: [
        (value: string) =>
          value === ''
            ? undefined
            : 'cross namespace referencing is not currently supported',
      ],
    },
  },
};

const selector: Schema = {
  type: 'object',
  properties: {
    matchLabels: {
      type: 'object',
      maxProperties: 4096,
      additionalProperties: {
        type: 'string',
        maxLength: 63,
        rules: [
          (value: string) =>
            value.includes('*')
              ? 'wildcard not allowed in label value match'
              : undefined,
        ],
      },
      rules: [
        (labels: object) =>
          Object.keys(labels).some(key => key.includes('*'))
            ? 'wildcard not allowed in label key match'
            : undefined,
        (labels: object) =>
          Object.keys(labels).includes('')
            ? 'key must not be empty'
            : undefined,
      ],
    },
  },
};

/** `spec` of a Telemetry as the CRD of Istio 1.32 describes it. */
export const telemetrySpecSchema: Schema = {
  type: 'object',
  properties: {
    selector,
    targetRef,
    targetRefs: { type: 'array', maxItems: 16, items: targetRef },
    tracing: { type: 'array', items: tracing },
    metrics: opaqueList,
    accessLogging: opaqueList,
  },
  rules: [
    (spec: Record<string, unknown>) =>
      ['selector', 'targetRef', 'targetRefs'].filter(
        field => spec[field] !== undefined && spec[field] !== null,
      ).length > 1
        ? 'only one of targetRefs or selector can be set'
        : undefined,
  ],
};
