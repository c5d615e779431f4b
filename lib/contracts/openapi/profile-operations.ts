import { z } from 'zod';
import {
  customerAudiences,
  customerProfile,
  readBatchBody,
  readBatchResponse,
  setAliasesBody,
  setCustomerProfileBody,
  userAliases,
  writeBatchBody,
  writeBatchResponse,
} from '../profile-api.ts';
import type { Operation } from './operation.ts';

const row = '/api/customer_profile/{service}/{table}/{customerId}';
const rows = '/api/customer_profiles/{service}/{table}';
const alias = '/api/alias/{service}/{table}/{customerId}';

const reading = { scope: 'read-profiles', status: 200 } as const;
const writing = { scope: 'write-profiles' } as const;
const profiles = { tag: 'Profiles' } as const;
const aliases = { tag: 'Aliases' } as const;

const consolidated = {
  ...profiles,
  ...reading,
  method: 'get',
  response: z.array(customerProfile),
} as const;

/** Calls below `/api`, on the profile API's port and on the dashboard's. */
export const profileOperations: readonly Operation[] = [
  {
    ...profiles,
    ...reading,
    method: 'get',
    path: row,
    summary: 'Read one row',
    response: customerProfile,
  },
  {
    ...profiles,
    ...writing,
    method: 'post',
    path: row,
    summary: 'Set attributes of one customer; what is not named stays, null clears',
    body: setCustomerProfileBody,
    status: 201,
  },
  { ...profiles, ...writing, method: 'delete', path: row, summary: 'Delete one row', status: 204 },
  {
    ...profiles,
    ...writing,
    method: 'post',
    path: rows,
    summary: 'Set attributes of up to 1,000 customers, with a verdict for each',
    body: writeBatchBody,
    status: 200,
    response: writeBatchResponse,
  },
  {
    ...profiles,
    ...reading,
    method: 'post',
    path: `${rows}/lookup`,
    summary: 'Read the rows of up to 1,000 customers',
    body: readBatchBody,
    response: readBatchResponse,
  },
  {
    ...consolidated,
    path: '/api/consolidatedCustomerView/{service}/{table}/{customerId}',
    summary: 'All rows of an Optimizely user; the table is the Optimizely table',
  },
  {
    ...consolidated,
    path: '/api/consolidatedCustomerView/{service}/{customerId}',
    summary: 'The same in the form of 2016',
  },
  {
    ...consolidated,
    path: '/api/consolidated_customer_profile_view/{service}/{customerId}',
    summary: 'The same in the form of 2015',
  },
  {
    ...aliases,
    ...reading,
    method: 'get',
    path: alias,
    summary: 'Who an Optimizely user is in other tables',
    response: userAliases,
  },
  {
    ...aliases,
    ...writing,
    method: 'post',
    path: alias,
    summary: 'Say who an Optimizely user is in other tables; null removes an alias',
    body: setAliasesBody,
    status: 201,
  },
  {
    ...aliases,
    ...writing,
    method: 'delete',
    path: alias,
    summary: 'Remove all aliases of an Optimizely user',
    status: 204,
  },
  {
    ...aliases,
    ...writing,
    method: 'delete',
    path: `${alias}/{otherTable}`,
    summary: 'Remove one alias of an Optimizely user',
    status: 204,
  },
  {
    ...reading,
    tag: 'Audiences',
    method: 'get',
    path: '/api/audiences/{service}/{table}/{customerId}',
    summary: 'The audiences that a customer is in now',
    response: customerAudiences,
  },
];
