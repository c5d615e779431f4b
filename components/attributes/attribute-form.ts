import { z } from 'zod';
import type { AttributeResponse } from '#lib/contracts/attributes.ts';
import { createAttributeRequest, type CreateAttributeRequest } from '#lib/contracts/attributes.ts';
import { checkAttributeName } from '#lib/core/datatypes/attribute-name.ts';
import { valueTypeOf, valueTypes } from '#lib/core/datatypes/types.ts';
import { toDatatype } from './value-type.ts';

const { description, isValuePublic } = createAttributeRequest.shape;

/** The form has one field for datatype and format, and knows the rule for names. */
export const attributeForm = z.object({
  name: z.string().check((context) => {
    const checked = checkAttributeName(context.value);
    if (checked.ok) return;
    context.issues.push({ code: 'custom', input: context.value, message: checked.error.message });
  }),
  description,
  type: z.enum(valueTypes),
  isValuePublic,
});
export type AttributeForm = z.input<typeof attributeForm>;

export const emptyAttributeForm: AttributeForm = {
  name: '',
  description: null,
  type: 'string',
  isValuePublic: false,
};

/** For a new attribute like an old one, whose name and datatype cannot change. */
export function toCopy(attribute: AttributeResponse): AttributeForm {
  return {
    name: `${attribute.name} 2`,
    description: attribute.description,
    type: valueTypeOf(attribute.datatype, attribute.format),
    isValuePublic: attribute.isValuePublic,
  };
}

export function toRequest({
  type,
  ...values
}: z.output<typeof attributeForm>): CreateAttributeRequest {
  return { ...values, ...toDatatype(type) };
}
