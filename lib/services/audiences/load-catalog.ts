import type { DbTransaction } from '#lib/db/client.ts';
import type {
  AudienceCatalog,
  CatalogAttribute,
  CatalogAudience,
} from '../../core/audience/bound-condition.ts';
import type { Condition } from '../../core/audience/condition.ts';
import { parseConditionsText } from '../../core/audience/parse-conditions.ts';
import { references } from '../../core/audience/references.ts';
import { valueTypeOf } from '../../core/datatypes/types.ts';
import { toAttributeResponse } from '../attributes/to-attribute-response.ts';

interface CatalogScope {
  readonly projectId: number;
  /** The service that the project is linked to; without one, no attribute is known. */
  readonly serviceId: number | null;
}

/** What conditions of a project may refer to: the attributes of its service, and the project's audiences as far as they are reached. */
export async function loadCatalog(
  db: DbTransaction,
  { projectId, serviceId }: CatalogScope,
  conditions: readonly Condition[],
): Promise<AudienceCatalog> {
  const attributes = await loadAttributes(db, serviceId);
  const named = conditions.flatMap((condition) => [...references(condition).audienceIds]);
  const audiences = await loadAudiences(db, projectId, named);
  return {
    attribute: (tableId, attributeId) => {
      const attribute = attributes.get(attributeId);
      return attribute?.tableId === tableId ? attribute : undefined;
    },
    audience: (audienceId) => audiences.get(audienceId),
  };
}

/** The conditions of a stored audience. They were checked when they were saved. */
export function storedCondition({ conditions }: { readonly conditions: string }): Condition {
  const parsed = parseConditionsText(conditions);
  if (parsed.ok) return parsed.value;
  throw new Error(`Stored conditions are not valid: ${JSON.stringify(parsed.error.slice(0, 3))}`);
}

async function loadAttributes(
  db: DbTransaction,
  serviceId: number | null,
): Promise<ReadonlyMap<number, CatalogAttribute>> {
  if (serviceId === null) return new Map();
  const attributes = await db.attribute.findMany({
    where: { aliasTableId: null, table: { serviceId } },
    include: { table: { select: { name: true, archived: true } } },
  });
  return new Map(
    attributes.map((row) => {
      const { id, tableId, name, datatype, format } = toAttributeResponse(row);
      const isArchived = row.archivedAt !== null || row.table.archived;
      const type = valueTypeOf(datatype, format);
      return [id, { id, tableId, name, tableName: row.table.name, type, isArchived }];
    }),
  );
}

/** Those that are named, those that these name, and so on. */
async function loadAudiences(
  db: DbTransaction,
  projectId: number,
  audienceIds: readonly number[],
): Promise<Map<number, CatalogAudience>> {
  const found = new Map<number, CatalogAudience>();
  const asked = new Set<number>();
  for (let wanted = new Set(audienceIds); wanted.size > 0;) {
    for (const id of wanted) asked.add(id);
    const rows = await db.audience.findMany({ where: { projectId, id: { in: [...wanted] } } });
    for (const row of rows) {
      const { id, name, archived: isArchived } = row;
      found.set(id, { id, name, isArchived, condition: storedCondition(row) });
    }
    wanted = new Set(rows.flatMap((row) => row.audienceIds)).difference(asked);
  }
  return found;
}
