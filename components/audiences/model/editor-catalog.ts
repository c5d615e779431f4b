import type { AudienceCatalogue, CatalogueAttribute } from '#lib/contracts/audiences.ts';
import type {
  AudienceCatalog,
  CatalogAttribute,
  CatalogAudience,
} from '#lib/core/audience/bound-condition.ts';
import { valueTypeOf, type Datatype, type DatetimeFormat } from '#lib/core/datatypes/types.ts';

export interface EditorAttribute extends CatalogAttribute {
  readonly description: string | null;
  readonly datatype: Datatype;
  readonly format: DatetimeFormat | null;
  readonly fillRate: number | null;
}

export interface EditorTable {
  readonly id: number;
  readonly name: string;
  readonly isArchived: boolean;
  readonly attributes: readonly EditorAttribute[];
}

/** What rules can be about, with what the pickers say of it. */
export interface EditorCatalog extends AudienceCatalog {
  readonly tables: readonly EditorTable[];
  attribute(tableId: number, attributeId: number): EditorAttribute | undefined;
}

/** @param audiences those that the tree names. */
export function editorCatalog(
  { tables }: AudienceCatalogue,
  audiences: ReadonlyMap<number, CatalogAudience>,
): EditorCatalog {
  const all = tables.map((table) => ({
    id: table.id,
    name: table.name,
    isArchived: table.archived,
    attributes: table.attributes.map((attribute) => editorAttribute(attribute, table)),
  }));
  const byId = new Map(all.flatMap((table) => table.attributes.map((one) => [one.id, one])));
  return {
    tables: all,
    attribute: (tableId, attributeId) => {
      const attribute = byId.get(attributeId);
      return attribute?.tableId === tableId ? attribute : undefined;
    },
    audience: (audienceId) => audiences.get(audienceId),
  };
}

function editorAttribute(
  attribute: CatalogueAttribute,
  table: { readonly id: number; readonly name: string; readonly archived: boolean },
): EditorAttribute {
  const { id, name, description, datatype, format, fillRate } = attribute;
  return {
    ...{ id, name, description, datatype, format, fillRate },
    tableId: table.id,
    tableName: table.name,
    type: valueTypeOf(datatype, format),
    isArchived: attribute.archived || table.archived,
  };
}
