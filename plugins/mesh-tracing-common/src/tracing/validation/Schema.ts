/** The part of a structural OpenAPI schema that Istio's CRD uses here. */
export interface Schema {
  type: 'object' | 'array' | 'string' | 'number' | 'boolean';
  nullable?: boolean;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema;
  maxProperties?: number;
  items?: Schema;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: RegExp;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  /** At most one of these properties may be present; none is allowed too. */
  atMostOneOf?: readonly string[];
  /** Rules of the Common Expression Language, each a message or undefined. */
  rules?: ReadonlyArray<(value: never) => string | undefined>;
  /** Contents are not looked at. */
  opaque?: boolean;
}

/** A violation of a schema. */
export interface SchemaViolation {
  path: string;
  message: string;
}

/**
 * Checks a value as the API server does: a `null` in a field that is not
 * nullable counts as absent, one in a list is an error. Descends by the schema,
 * so cyclic values end it.
 */
export function schemaViolations(
  schema: Schema,
  value: unknown,
  path: string,
): SchemaViolation[] {
  const violations: SchemaViolation[] = [];
  check(schema, value, path, violations);
  return violations;
}

function check(
  schema: Schema,
  value: unknown,
  path: string,
  violations: SchemaViolation[],
): void {
  if (value === null && schema.nullable) return;
  if (typeOf(value) !== schema.type) {
    const message = `must be of type ${schema.type}, but is ${typeOf(value)}`;
    violations.push({ path, message });
    return;
  }
  if (schema.opaque) return;
  const before = violations.length;
  if (typeof value === 'string') checkText(schema, value, path, violations);
  if (typeof value === 'number') checkNumber(schema, value, path, violations);
  if (Array.isArray(value)) checkList(schema, value, path, violations);
  else if (typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>;
    checkObject(schema, fields, path, violations);
  }
  // The API server runs rules on values whose schema holds.
  if (violations.length > before) return;
  for (const rule of schema.rules ?? []) {
    const message = rule(value as never);
    if (message) violations.push({ path, message });
  }
}

function checkText(
  schema: Schema,
  value: string,
  path: string,
  violations: SchemaViolation[],
): void {
  const refuse = (message: string) => violations.push({ path, message });
  const length = [...value].length;
  if (length < (schema.minLength ?? 0)) {
    refuse(`should be at least ${schema.minLength} chars long`);
  }
  if (length > (schema.maxLength ?? Infinity)) {
    refuse(`may not be more than ${schema.maxLength} characters long`);
  }
  if (schema.pattern && !schema.pattern.test(value)) {
    refuse(`should match '${schema.pattern.source}'`);
  }
  if (schema.enum && !schema.enum.includes(value)) {
    refuse(`must be one of ${schema.enum.join(', ')}`);
  }
}

function checkNumber(
  schema: Schema,
  value: number,
  path: string,
  violations: SchemaViolation[],
): void {
  if (value < (schema.minimum ?? -Infinity)) {
    const message = `should be greater than or equal to ${schema.minimum}`;
    violations.push({ path, message });
  }
  if (value > (schema.maximum ?? Infinity)) {
    const message = `should be less than or equal to ${schema.maximum}`;
    violations.push({ path, message });
  }
}

function checkList(
  schema: Schema,
  value: unknown[],
  path: string,
  violations: SchemaViolation[],
): void {
  if (value.length > (schema.maxItems ?? Infinity)) {
    const message = `must have at most ${schema.maxItems} items`;
    violations.push({ path, message });
  }
  const { items } = schema;
  if (!items) return;
  value.forEach((item, i) => check(items, item, `${path}[${i}]`, violations));
}

function checkObject(
  schema: Schema,
  value: Record<string, unknown>,
  path: string,
  violations: SchemaViolation[],
): void {
  const names = Object.keys(value).filter(name =>
    present(value[name], schemaOf(schema, name)),
  );
  for (const name of schema.required ?? []) {
    if (!names.includes(name)) {
      violations.push({ path: `${path}.${name}`, message: 'is required' });
    }
  }
  if (names.length > (schema.maxProperties ?? Infinity)) {
    const message = `must have at most ${schema.maxProperties} items`;
    violations.push({ path, message });
  }
  const kinds = names.filter(name => schema.atMostOneOf?.includes(name));
  if (kinds.length > 1) {
    const message = `may have one of ${kinds.join(' and ')}, not both`;
    violations.push({ path, message });
  }
  for (const name of names) {
    const field = schemaOf(schema, name);
    const at = `${path}.${name}`;
    if (field) check(field, value[name], at, violations);
    else violations.push({ path: at, message: 'is not a field of Telemetry' });
  }
}

function schemaOf(schema: Schema, name: string): Schema | undefined {
  const { properties } = schema;
  return properties && Object.hasOwn(properties, name)
    ? properties[name]
    : schema.additionalProperties;
}

function present(value: unknown, schema: Schema | undefined): boolean {
  if (value === undefined) return false;
  // Strict field validation refuses unknown fields whatever their value.
  return value !== null || !schema || schema.nullable === true;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  // JSON has no NaN or infinity.
  if (typeof value === 'number' && !Number.isFinite(value)) return 'null';
  return typeof value;
}
