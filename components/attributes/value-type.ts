import { datatypeRules } from '#lib/core/datatypes/datatype-rules.ts';
import {
  valueTypes,
  type Datatype,
  type DatetimeFormat,
  type ValueType,
} from '#lib/core/datatypes/types.ts';

/** People choose datatype and format in one step, under the names of the import documentation. */
export const valueTypeOptions = valueTypes.map((value) => ({
  value,
  label: datatypeRules[value].label,
}));

const formats: Partial<Record<ValueType, DatetimeFormat>> = {
  date: 'yyyy-mm-dd',
  datetime: 'yyyy-mm-ddThh:mm:ssZ',
  epoch: 'epoch',
};

/** The two fields that the API has for it. */
export function toDatatype(type: ValueType): {
  datatype: Datatype;
  format: DatetimeFormat | null;
} {
  if (type === 'date' || type === 'datetime' || type === 'epoch') {
    return { datatype: 'datetime', format: formats[type] ?? null };
  }
  return { datatype: type, format: null };
}
