import type { Attribute, Table } from '#lib/db/generated/client.ts';
import { datatypes, datetimeFormats, valueTypeOf } from '../../core/datatypes/types.ts';
import type { Datatype, DatetimeFormat, ValueType } from '../../core/datatypes/types.ts';

/** A table as profile reads and writes see it. */
export interface ProfileTable {
  readonly id: number;
  readonly serviceId: number;
  readonly name: string;
  readonly isArchived: boolean;
  readonly isOptimizely: boolean;
  /** In the order of their ids. */
  readonly attributes: readonly ProfileAttribute[];
  readonly archivedNames: ReadonlySet<string>;
  /** Of the built-in table: where each user's IDs in the other tables are. */
  readonly aliases: readonly ProfileAlias[];
}

interface ProfileAlias {
  readonly attributeId: number;
  /** The other table. */
  readonly tableId: number;
}

interface ProfileAttribute {
  readonly attributeId: number;
  readonly name: string;
  readonly datatype: Datatype;
  readonly format: DatetimeFormat | null;
  readonly type: ValueType;
}

export function toProfileTable(table: Table & { attributes: Attribute[] }): ProfileTable {
  const attributes = table.attributes.filter(({ aliasTableId }) => aliasTableId === null);
  const active = attributes.filter(({ archivedAt }) => archivedAt === null);
  const archived = attributes.filter(({ archivedAt }) => archivedAt !== null);
  return {
    id: table.id,
    serviceId: table.serviceId,
    name: table.name,
    isArchived: table.archived,
    isOptimizely: table.isOptimizely,
    attributes: active.map(toProfileAttribute),
    archivedNames: new Set(archived.map(({ name }) => name)),
    aliases: table.attributes.flatMap(({ id, aliasTableId }) =>
      aliasTableId === null ? [] : [{ attributeId: id, tableId: aliasTableId }],
    ),
  };
}

function toProfileAttribute({ id, name, ...row }: Attribute): ProfileAttribute {
  const datatype = oneOf(datatypes, row.datatype);
  const format = row.format === null ? null : oneOf(datetimeFormats, row.format);
  return { attributeId: id, name, datatype, format, type: valueTypeOf(datatype, format) };
}

function oneOf<Word extends string>(words: readonly Word[], text: string): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new Error(`The database holds "${text}", which is no such word.`);
  return found;
}
