import type { V1Audience } from '../../contracts/v1/audiences.ts';
import { toV1Timestamp } from './to-timestamp.ts';

interface AudienceRecord {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly description: string | null;
  readonly conditions: string;
  readonly segmentation: boolean;
  readonly archived: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function toV1Audience(audience: AudienceRecord): V1Audience {
  return {
    id: audience.id,
    project_id: audience.projectId,
    name: audience.name,
    description: audience.description,
    conditions: audience.conditions,
    segmentation: audience.segmentation,
    archived: audience.archived,
    created: toV1Timestamp(audience.createdAt),
    last_modified: toV1Timestamp(audience.updatedAt),
  };
}
