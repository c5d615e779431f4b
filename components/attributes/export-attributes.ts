import { downloadCsv } from '#components/download-csv.ts';
import type { TableResponse } from '#lib/contracts/tables.ts';

/** The table's data dictionary, archived attributes included. */
export function exportAttributes({ name, attributes }: TableResponse): void {
  downloadCsv({
    name: `${name} attributes`,
    header: [
      'name',
      'api_id',
      'datatype',
      'format',
      'description',
      'may_be_read_by_web_pages',
      'archived',
      'modified',
    ],
    rows: attributes.map((attribute) => [
      attribute.name,
      attribute.id,
      attribute.datatype,
      attribute.format,
      attribute.description,
      attribute.isValuePublic,
      attribute.archivedAt,
      attribute.updatedAt,
    ]),
  });
}
