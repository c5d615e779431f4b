import { z } from 'zod';
import { createV1ProjectRequest, v1Project } from '#lib/contracts/v1/projects.ts';
import { defineRoute } from '#lib/http/define-route.ts';
import { toV1Project } from '#lib/http/v1/to-v1-project.ts';
import { withV1Fields } from '#lib/http/v1/with-v1-fields.ts';
import { createProject, listProjects } from '#lib/services/projects.ts';

export const GET = defineRoute({
  auth: 'token',
  response: z.array(v1Project),
  handler: async ({ actor }) => (await listProjects(actor)).map(toV1Project),
});

export const POST = defineRoute({
  auth: 'token',
  body: createV1ProjectRequest,
  response: v1Project,
  status: 201,
  handler: async ({ actor, body }) => {
    const project = {
      name: body.project_name,
      archived: body.project_status === 'Archived',
      serviceId: body.dcp_service_id,
    };
    return toV1Project(await withV1Fields(createProject(actor, project)));
  },
});
