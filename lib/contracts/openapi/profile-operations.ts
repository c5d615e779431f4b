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

const address = '{ service: {service}, table: {table}, customerId: {customerId} }';
const tableAddress = '{ service: {service}, table: {table} }';
const user = '{ service: {service}, customerId: {customerId} }';

const consolidated = {
  ...profiles,
  ...reading,
  method: 'get',
  response: z.array(customerProfile),
  call: `profiles.consolidated(${user})`,
} as const;

/** Calls below `/api`, on the profile API's port and on the dashboard's. */
export const profileOperations: readonly Operation[] = [
  {
    ...profiles,
    ...reading,
    method: 'get',
    path: row,
    summary: 'Read one row',
    description:
      'The values of one customer in one table; attributes without a value are left out. A `long` beyond ±(2^53 − 1) is a text of its digits, so that no client loses one. A customer without a row is 404.',
    response: customerProfile,
    call: `profiles.get(${address})`,
  },
  {
    ...profiles,
    ...writing,
    method: 'post',
    path: row,
    summary: 'Set attributes of one customer',
    description:
      'What the body does not name stays, null clears a value, and a customer without a row gets one. One unknown name or bad value fails the whole write, and `fields` names every fault. Numbers may come as numbers or as text, dates come in the attribute’s format. The answer has no body.',
    body: setCustomerProfileBody,
    example: { data: { 'Life-time value': 10, most_viewed_category: 'jeans' } },
    call: `profiles.set(${address}, {body.data})`,
    status: 201,
  },
  {
    ...profiles,
    ...writing,
    method: 'delete',
    path: row,
    summary: 'Delete one row',
    description:
      'The row goes with all its values. That of an Optimizely user goes with the user’s aliases. Optimizely has no such call.',
    call: `profiles.delete(${address})`,
    status: 204,
  },
  {
    ...profiles,
    ...writing,
    method: 'post',
    path: rows,
    summary: 'Set attributes of up to 1,000 customers',
    description:
      'Each row is a write of its own with a verdict of its own, in the order of the rows; rows of one customer apply in theirs. The answer is 200 when the call as a whole could be read, so look at `refused`.',
    body: writeBatchBody,
    example: {
      profiles: [
        { customerId: 'c-1001', data: { 'Life-time value': 10 } },
        { customerId: 'c-1002', data: { 'Life-time value': null } },
      ],
    },
    call: `each profiles.setMany(${tableAddress}, {body.profiles})`,
    status: 200,
    response: writeBatchResponse,
  },
  {
    ...profiles,
    ...reading,
    method: 'post',
    path: `${rows}/lookup`,
    summary: 'Read the rows of up to 1,000 customers',
    description: 'A row, or a 404 in its place, for each ID, in the order of the IDs.',
    body: readBatchBody,
    example: { customerIds: ['c-1001', 'c-1002'] },
    call: `each profiles.getMany(${tableAddress}, {body.customerIds})`,
    response: readBatchResponse,
  },
  {
    ...consolidated,
    path: '/api/consolidatedCustomerView/{service}/{table}/{customerId}',
    summary: 'All rows of an Optimizely user',
    description:
      'The user’s own row first, then a row of each table in which an alias leads to one. `table` is the service’s Optimizely table. Nobody is an empty list.',
  },
  {
    ...consolidated,
    path: '/api/consolidatedCustomerView/{service}/{customerId}',
    summary: 'All rows of an Optimizely user, as in 2016',
    description:
      'The same in the form that Optimizely documented from 2016 on, for programs written then.',
  },
  {
    ...consolidated,
    path: '/api/consolidated_customer_profile_view/{service}/{customerId}',
    summary: 'All rows of an Optimizely user, as in 2015',
    description:
      'The same in the form that Optimizely documented at first, for programs written then.',
  },
  {
    ...aliases,
    ...reading,
    method: 'get',
    path: alias,
    summary: 'Who an Optimizely user is in other tables',
    description:
      'Customer IDs by table id. `table` is the service’s Optimizely table; another one is refused with the id of the right one. A user that nothing is known of is 404.',
    response: userAliases,
    call: `aliases.get(${address})`,
  },
  {
    ...aliases,
    ...writing,
    method: 'post',
    path: alias,
    summary: 'Say who an Optimizely user is in other tables',
    description:
      'A user has at most one customer ID in each table: a later alias replaces an earlier one, null removes it, and tables that are not named stay as they are. One fault fails the call. Many users may be one customer. The answer has no body.',
    body: setAliasesBody,
    example: { data: { '2': 'sfdc1223a3_ji$ddd' } },
    call: `aliases.set(${address}, {body.data})`,
    status: 201,
  },
  {
    ...aliases,
    ...writing,
    method: 'delete',
    path: alias,
    summary: 'Remove all aliases of an Optimizely user',
    description: 'The user’s own row stays. A user without an alias is 404.',
    call: `aliases.delete(${address})`,
    status: 204,
  },
  {
    ...aliases,
    ...writing,
    method: 'delete',
    path: `${alias}/{otherTable}`,
    summary: 'Remove one alias of an Optimizely user',
    description:
      'The alias that leads to the table at the end of the address; 404 when there is none.',
    call: `aliases.delete(${address}, {otherTable})`,
    status: 204,
  },
  {
    ...reading,
    tag: 'Audiences',
    method: 'get',
    path: '/api/audiences/{service}/{table}/{customerId}',
    summary: 'The audiences that a customer is in now',
    description:
      'Evaluated as it is asked for, over all projects that are linked to the service. A customer ID that several users share is part of several profiles; in one of them is in.',
    response: customerAudiences,
    call: `audiences.of(${address})`,
  },
];
