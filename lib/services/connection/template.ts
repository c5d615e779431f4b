import { exampleTemplate, headerTemplate, templateFileName } from '../../core/csv/template.ts';
import type { Actor } from '../actor.ts';
import { findProfileTable } from '../profiles/find-profile-table.ts';

/** The CSV file that a table expects: its header, and one valid row when asked. */
export async function getTemplate(
  actor: Actor,
  { tableId, hasExample }: { readonly tableId: number; readonly hasExample: boolean },
): Promise<{ fileName: string; content: string }> {
  const table = await findProfileTable(actor, { tableId });
  const write = hasExample ? exampleTemplate : headerTemplate;
  return { fileName: templateFileName(table.name), content: write(table.attributes) };
}
