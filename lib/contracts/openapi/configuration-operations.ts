import { z } from 'zod';
import { exportParameters } from '../tables.ts';
import {
  createDcpAttributeRequest,
  dcpAttribute,
  dcpAttributeInList,
  updateDcpAttributeRequest,
} from '../v1/dcp-datasource-attributes.ts';
import {
  createDcpDatasourceRequest,
  dcpDatasource,
  updateDcpDatasourceRequest,
} from '../v1/dcp-datasources.ts';
import {
  createDcpServiceRequest,
  dcpService,
  updateDcpServiceRequest,
} from '../v1/dcp-services.ts';
import { dcpUpload, listDcpUploadsParameters } from '../v1/dcp-uploads.ts';
import { createV1ProjectRequest, updateV1ProjectRequest, v1Project } from '../v1/projects.ts';
import {
  createV1AudienceRequest,
  listV1MembersParameters,
  updateV1AudienceRequest,
  v1Audience,
  v1AudienceSize,
  v1AudienceSizeRequest,
  v1Members,
} from '../v1/audiences.ts';
import type { Operation } from './operation.ts';

interface Resource {
  readonly tag: string;
  readonly one: string;
  readonly path: string;
  /** Where the list is, when it is not at the path itself. */
  readonly listPath?: string;
  readonly response: z.ZodType;
  readonly listed?: z.ZodType;
  readonly create: z.ZodType;
  readonly update: z.ZodType;
  readonly remove?: string;
  /** Part of the client that has these calls. */
  readonly client: string;
  readonly examples: { readonly create: unknown; readonly update: unknown };
  /** What is to be known of each call. */
  readonly words: Readonly<Record<'list' | 'create' | 'read' | 'update', string>> & {
    readonly remove?: string;
  };
}

/** The five calls that every kind of object has, in the codes that v1 documents. */
function operationsOf(resource: Resource): Operation[] {
  const { tag, one, path, listPath = path, response, words, examples, client } = resource;
  const item = `${path}/{id}`;
  const parent = listPath === path ? '' : '{id}';
  const read = { tag, scope: 'read-configuration', status: 200 } as const;
  const write = { tag, scope: 'write-configuration' } as const;
  return [
    {
      ...read,
      method: 'get',
      path: listPath,
      summary: `List ${tag.toLowerCase()}`,
      description: words.list,
      call: `${client}.list(${parent})`,
      response: z.array(resource.listed ?? response),
    },
    {
      ...write,
      method: 'post',
      path: listPath,
      summary: `Create ${one}`,
      description: words.create,
      body: resource.create,
      example: examples.create,
      call: `${client}.create(${parent === '' ? '' : `${parent}, `}{body})`,
      status: 201,
      response,
    },
    {
      ...read,
      method: 'get',
      path: item,
      summary: `Read ${one}`,
      description: words.read,
      call: `${client}.get({id})`,
      response,
    },
    {
      ...write,
      method: 'put',
      path: item,
      summary: `Change what is named of ${one}`,
      description: words.update,
      body: resource.update,
      example: examples.update,
      call: `${client}.update({id}, {body})`,
      status: 202,
      response,
    },
    ...(resource.remove === undefined
      ? []
      : [
          {
            ...write,
            method: 'delete',
            path: item,
            summary: resource.remove,
            description: words.remove ?? '',
            call: `${client}.${resource.remove.startsWith('Archive') ? 'archive' : 'delete'}({id})`,
            status: 204,
          } as const,
        ]),
  ];
}

const uploads = { tag: 'Uploads', method: 'get', status: 200 } as const;

/** Calls below `/experiment/v1`. */
export const configurationOperations: readonly Operation[] = [
  ...operationsOf({
    tag: 'Projects',
    one: 'a project',
    path: '/experiment/v1/projects',
    response: v1Project,
    create: createV1ProjectRequest,
    update: updateV1ProjectRequest,
    client: 'projects',
    examples: { create: { project_name: 'Web shop' }, update: { dcp_service_id: 1 } },
    words: {
      list: 'All projects of the account. A token of one service sees the projects that are linked to it.',
      create:
        'A project holds audiences and experiments. It may use the attributes of the service that it is linked to, or of none.',
      read: 'The project with the service that it is linked to; `dcp_service_id` is null when it is linked to none.',
      update:
        'Fields that are left out stay. `dcp_service_id` links the project to a service, null unlinks it, and many projects may share one service. Fields of Optimizely’s projects that are not listed here are ignored.',
    },
  }),
  ...operationsOf({
    tag: 'Services',
    one: 'a service',
    path: '/experiment/v1/dcp_services',
    response: dcpService,
    create: createDcpServiceRequest,
    update: updateDcpServiceRequest,
    remove: 'Delete a service without tables',
    client: 'services',
    examples: { create: { name: 'My DCP Service' }, update: { name: 'Customers' } },
    words: {
      list: 'All services of the account: one, unless the installation allows more. Access keys belong to tables here, so a service’s own are null.',
      create:
        'Makes a service with its built-in Optimizely table. An account has one unless the installation allows more; beyond that the answer is 403 with code `service-limit`. Administrators only.',
      read: 'The service, with the start of the import paths of its tables.',
      update:
        'Only the name changes. Other fields may come back as they were read; another value of theirs is refused by name. Administrators only.',
      remove:
        'Only when the service has no tables but its built-in one, which goes with it. Administrators only.',
    },
  }),
  ...operationsOf({
    tag: 'Tables',
    one: 'a table',
    path: '/experiment/v1/dcp_datasources',
    listPath: '/experiment/v1/dcp_services/{id}/dcp_datasources',
    response: dcpDatasource,
    create: createDcpDatasourceRequest,
    update: updateDcpDatasourceRequest,
    remove: 'Delete a table with its rows',
    client: 'tables',
    examples: {
      create: {
        name: 'My Data Warehouse',
        keyfield_locator_type: 'cookie',
        keyfield_locator_name: '_my_id_cookie',
      },
      update: { description: 'Loaded every night' },
    },
    words: {
      list: 'All tables of the service, archived ones and the built-in Optimizely table among them, each with its attributes in their short form. The key pair is null for tokens without `read-secrets`.',
      create:
        'A table is a set of attributes under one kind of customer ID. `keyfield_locator_type` and `keyfield_locator_name` say where a visitor’s browser holds that ID; the name is null for `uid`. A name that another table of the service has is refused.',
      read: 'The table with its attributes, its import path and, for tokens with `read-secrets`, its key pair.',
      update:
        'Fields that are left out stay. `{"archived": true}` archives the table and `{"archived": false}` restores it; an archived table can be read and not written. `id`, `dcp_service_id` and `is_optimizely` never change.',
      remove:
        'The rows, attributes and keys of the table go with it, at once and for good. The built-in Optimizely table stays.',
    },
  }),
  ...operationsOf({
    tag: 'Attributes',
    one: 'an attribute',
    path: '/experiment/v1/dcp_datasource_attributes',
    listPath: '/experiment/v1/dcp_datasources/{id}/dcp_datasource_attributes',
    response: dcpAttribute,
    listed: dcpAttributeInList,
    create: createDcpAttributeRequest,
    update: updateDcpAttributeRequest,
    remove: 'Archive an attribute',
    client: 'attributes',
    examples: {
      create: { name: 'Life-time value', datatype: 'long', description: 'All purchases' },
      update: { description: 'All purchases, in cents' },
    },
    words: {
      list: 'All attributes of the table, archived ones among them, in their short form.',
      create:
        'Registers an attribute, so that files and calls may name it. Names distinguish case and are unique in a table, archived attributes included. `format` is required for `datetime` and null for all other datatypes. A table has at most 400 attributes.',
      read: 'The attribute in full, archived or not.',
      update:
        'Fields that are left out stay. `description` and `is_value_public` change, and `{"archived": false}` restores an archived attribute. Name, datatype and format never change: archive the attribute and create another.',
      remove:
        'While an attribute is archived its values are neither written nor read, but kept. An update with `{"archived": false}` restores it.',
    },
  }),
  ...operationsOf({
    tag: 'Audiences',
    one: 'an audience',
    path: '/experiment/v1/audiences',
    listPath: '/experiment/v1/projects/{id}/audiences',
    response: v1Audience,
    create: createV1AudienceRequest,
    update: updateV1AudienceRequest,
    client: 'audiences',
    examples: {
      create: { name: 'Good customers', description: 'More than 500 in all', conditions: '[]' },
      update: { name: 'Best customers' },
    },
    words: {
      list: 'All audiences of the project, archived ones among them.',
      create:
        'Only `name` is needed; without conditions nobody is in the audience. `conditions` is JSON as text: nested lists that begin with `and`, `or` or `not`, over rules about attributes of the project’s service. A rule that names what is not there, or fits its datatype badly, is refused.',
      read: 'The audience with its conditions as text.',
      update:
        'Fields that are left out stay. `{"archived": true}` archives the audience and `{"archived": false}` restores it.',
    },
  }),
  {
    tag: 'Audiences',
    method: 'post',
    path: '/experiment/v1/projects/{id}/audiences/size',
    summary: 'Count who conditions choose',
    description:
      'How many profiles the conditions choose now, whether an audience has them or not. `quick` may be an estimate with bounds, `exact` counts every profile.',
    scope: 'read-profiles',
    body: v1AudienceSizeRequest,
    example: { conditions: '[]', precision: 'quick' },
    call: 'audiences.size({id}, {body})',
    status: 200,
    response: v1AudienceSize,
  },
  {
    tag: 'Audiences',
    method: 'get',
    path: '/experiment/v1/audiences/{id}/members',
    summary: 'List the members of an audience, page by page',
    description:
      'Everybody who is in the audience now, in a fixed order. A member is an Optimizely user, or a row of another table that no user is aliased to. `next` is to be sent as `after` for the next page; it is null on the last.',
    scope: 'read-profiles',
    query: listV1MembersParameters,
    call: 'each audiences.members({id})',
    status: 200,
    response: v1Members,
  },
  {
    ...uploads,
    path: '/experiment/v1/dcp_datasources/{id}/dcp_uploads',
    summary: 'List the uploads of a table, the latest first',
    description:
      'What became of each file that was sent to the table, over S3, through a watched bucket or from the dashboard, a page at a time. `created_from` and `created_before` narrow it to the files that arrived then; the second does not belong to it.',
    scope: 'read-configuration',
    query: listDcpUploadsParameters,
    call: 'each uploads.list({id})',
    response: z.array(dcpUpload),
  },
  {
    ...uploads,
    path: '/experiment/v1/dcp_uploads/{id}',
    summary: 'Read an upload',
    description:
      'State and counts of one file. Poll it until `finished` is set: the states `completed`, `completed_with_errors`, `failed` and `cancelled` are final. `rows_read` is always `rows_accepted` plus `rows_rejected`; `rows_reached` tells how far a cancelled or failed upload had come, with rows that were read and not stored. A completed check also counts `rows_unchanged`: `rows_accepted` is then `rows_changed` (which includes `rows_created`) plus `rows_unchanged` plus the repeats, rows of a customer beyond the first.',
    scope: 'read-configuration',
    call: 'uploads.get({id})',
    response: dcpUpload,
  },
  {
    ...uploads,
    path: '/experiment/v1/dcp_uploads/{id}/rejects',
    summary: 'Rejected rows as CSV, to mend and upload again',
    description:
      'The rows that were left out, with line, column, code and reason in columns of their own, which an upload ignores.',
    scope: 'read-profiles',
    call: 'uploads.rejects({id})',
    files: ['text/csv'],
  },
  {
    tag: 'Uploads',
    method: 'post',
    path: '/experiment/v1/dcp_uploads/{id}/store',
    summary: 'Store a file that was only checked',
    description:
      'Makes an upload of its own of a file that was sent for a check. It is loaded in its turn, after the files that were there before.',
    scope: 'write-profiles',
    call: 'uploads.store({id})',
    status: 201,
    response: dcpUpload,
  },
  {
    method: 'get',
    path: '/experiment/v1/dcp_datasources/{id}/export',
    summary: 'All rows of a table, streamed',
    description:
      'Every row as it stands at one moment, in no particular order. CSV can be uploaded again as it is; a line of NDJSON is a row of a batch write. A value that begins like a formula is exported as it is.',
    tag: 'Tables',
    scope: 'read-profiles',
    query: exportParameters,
    call: `tables.export({id}, { format: 'csv' })`,
    status: 200,
    files: ['text/csv', 'application/x-ndjson'],
  },
];
