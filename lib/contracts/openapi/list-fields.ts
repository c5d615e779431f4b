import { z } from 'zod';

export interface Field {
  /** `attributes[].name` for a field of an item of a list. */
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
}

const described = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});

/** The fields of a body as lines of a table, those of objects inside it included. */
export function listFields(schema: z.ZodType, io: 'input' | 'output'): Field[] {
  return fieldsOf(z.toJSONSchema(schema, { io, unrepresentable: 'any' }), '');
}

function fieldsOf(given: unknown, prefix: string): Field[] {
  const { properties = {}, required, items, anyOf } = described.parse(given);
  if (items !== undefined) return fieldsOf(items, `${prefix}[]`);
  if (anyOf) return anyOf.flatMap((one) => fieldsOf(one, prefix)).filter(isFirstOfItsName);
  return Object.entries(properties).flatMap(([name, value]) => {
    const whole = prefix === '' ? name : `${prefix}.${name}`;
    const field = { name: whole, type: typeOf(value), isRequired: required.includes(name) };
    return [field, ...fieldsOf(value, whole)];
  });
}

function isFirstOfItsName(field: Field, index: number, all: readonly Field[]): boolean {
  return all.findIndex(({ name }) => name === field.name) === index;
}

function typeOf(given: unknown): string {
  const schema = described.parse(given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' | ');
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`;
  return [schema.type ?? 'any'].flat().join(' | ');
}
