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
}

/** The five calls that every kind of object has, in the codes that v1 documents. */
function operationsOf(resource: Resource): Operation[] {
  const { tag, one, path, listPath = path, response } = resource;
  const item = `${path}/{id}`;
  const read = { tag, scope: 'read-configuration', status: 200 } as const;
  const write = { tag, scope: 'write-configuration' } as const;
  return [
    {
      ...read,
      method: 'get',
      path: listPath,
      summary: `List ${tag.toLowerCase()}`,
      response: z.array(resource.listed ?? response),
    },
    {
      ...write,
      method: 'post',
      path: listPath,
      summary: `Create ${one}`,
      body: resource.create,
      status: 201,
      response,
    },
    { ...read, method: 'get', path: item, summary: `Read ${one}`, response },
    {
      ...write,
      method: 'put',
      path: item,
      summary: `Change what is named of ${one}`,
      body: resource.update,
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
  }),
  ...operationsOf({
    tag: 'Services',
    one: 'a service',
    path: '/experiment/v1/dcp_services',
    response: dcpService,
    create: createDcpServiceRequest,
    update: updateDcpServiceRequest,
    remove: 'Delete a service without tables',
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
  }),
  ...operationsOf({
    tag: 'Audiences',
    one: 'an audience',
    path: '/experiment/v1/audiences',
    listPath: '/experiment/v1/projects/{id}/audiences',
    response: v1Audience,
    create: createV1AudienceRequest,
    update: updateV1AudienceRequest,
  }),
  {
    tag: 'Audiences',
    method: 'post',
    path: '/experiment/v1/projects/{id}/audiences/size',
    summary: 'Count who conditions choose',
    scope: 'read-configuration',
    body: v1AudienceSizeRequest,
    status: 200,
    response: v1AudienceSize,
  },
  {
    tag: 'Audiences',
    method: 'get',
    path: '/experiment/v1/audiences/{id}/members',
    summary: 'List the members of an audience, page by page',
    scope: 'read-profiles',
    query: listV1MembersParameters,
    status: 200,
    response: v1Members,
  },
  {
    ...uploads,
    path: '/experiment/v1/dcp_datasources/{id}/dcp_uploads',
    summary: 'List the uploads of a table, the latest first',
    scope: 'read-configuration',
    query: listDcpUploadsParameters,
    response: z.array(dcpUpload),
  },
  {
    ...uploads,
    path: '/experiment/v1/dcp_uploads/{id}',
    summary: 'Read an upload',
    scope: 'read-configuration',
    response: dcpUpload,
  },
  {
    ...uploads,
    path: '/experiment/v1/dcp_uploads/{id}/rejects',
    summary: 'Rejected rows as CSV, to mend and upload again',
    scope: 'read-profiles',
    files: ['text/csv'],
  },
  {
    tag: 'Uploads',
    method: 'post',
    path: '/experiment/v1/dcp_uploads/{id}/store',
    summary: 'Store a file that was only checked',
    scope: 'write-profiles',
    status: 201,
    response: dcpUpload,
  },
  {
    method: 'get',
    path: '/experiment/v1/dcp_datasources/{id}/export',
    summary: 'All rows of a table, streamed',
    tag: 'Tables',
    scope: 'read-profiles',
    query: exportParameters,
    status: 200,
    files: ['text/csv', 'application/x-ndjson'],
  },
];
