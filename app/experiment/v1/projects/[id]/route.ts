import { z } from 'zod';
import { idParameter } from '#lib/contracts/common.ts';
import { updateV1ProjectRequest, v1Project } from '#lib/contracts/v1/projects.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toV1Project } from '#lib/http/v1/to-v1-project.ts';
import { withV1Fields } from '#lib/http/v1/with-v1-fields.ts';
import { getProject, updateProject } from '#lib/services/projects.ts';
import { refuseImmutable } from '#lib/services/refuse-immutable.ts';

const params = z.object({ id: idParameter });

export const GET = defineRoute({
  auth: 'token',
  params,
  response: v1Project,
  handler: async ({ actor, params: { id } }) => toV1Project(await getProject(actor, id)),
});

/** `{"dcp_service_id": 567}` links the project to a service, `null` unlinks it. */
export const PUT = defineRoute({
  auth: 'token',
  params,
  body: updateV1ProjectRequest,
  response: v1Project,
  status: 202,
  handler: async ({ actor, params: { id }, body }) => {
    const { account_id, created } = toV1Project(await getProject(actor, id));
    refuseImmutable({ id, account_id, created }, body);
    const { project_name: name, project_status: status, dcp_service_id: serviceId } = body;
    const archived = status === undefined ? undefined : status === 'Archived';
    const changed = updateProject(actor, id, { name, archived, serviceId });
    return toV1Project(await withV1Fields(changed));
  },
});
