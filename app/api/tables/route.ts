import {
  createTableRequest,
  listTablesParameters,
  tablePage,
  tableResponse,
} from '#lib/contracts/tables.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { createTable } from '#lib/services/tables/create-table.ts';
import { listTables } from '#lib/services/tables/list-tables.ts';

export const GET = defineRoute({
  auth: 'session',
  query: listTablesParameters,
  response: tablePage,
  handler: ({ actor, query }) => listTables(actor, query),
});

export const POST = defineRoute({
  auth: 'session',
  body: createTableRequest,
  response: tableResponse,
  status: 201,
  handler: ({ actor, body }) => createTable(actor, body),
});
