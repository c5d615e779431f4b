import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { deleteTableRequest, tableResponse, updateTableRequest } from '#lib/contracts/tables.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { deleteConfirmedTable } from '#lib/services/tables/delete-table.ts';
import { getTable } from '#lib/services/tables/get-table.ts';
import { updateTable } from '#lib/services/tables/update-table.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'session',
  params,
  response: tableResponse,
  handler: ({ actor, params: { id } }) => getTable(actor, id),
});

export const PATCH = defineRoute({
  auth: 'session',
  params,
  body: updateTableRequest,
  response: tableResponse,
  handler: ({ actor, params: { id }, body }) => updateTable(actor, id, body),
});

export const DELETE = defineRoute({
  auth: 'session',
  params,
  body: deleteTableRequest,
  handler: ({ actor, params: { id }, body }) => deleteConfirmedTable(actor, id, body.confirmName),
});
