import type { V1Project } from '../../contracts/v1/projects.ts';
import { toV1Timestamp } from './to-timestamp.ts';

interface ProjectRecord {
  readonly id: number;
  readonly accountId: number;
  readonly name: string;
  readonly archived: boolean;
  readonly serviceId: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function toV1Project(project: ProjectRecord): V1Project {
  return {
    id: project.id,
    account_id: project.accountId,
    project_name: project.name,
    project_status: project.archived ? 'Archived' : 'Active',
    dcp_service_id: project.serviceId,
    created: toV1Timestamp(project.createdAt),
    last_modified: toV1Timestamp(project.updatedAt),
  };
}
