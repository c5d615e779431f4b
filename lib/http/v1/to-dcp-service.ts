import type { DcpService } from '../../contracts/v1/dcp-services.ts';
import { toV1Timestamp } from './to-timestamp.ts';

interface ServiceRecord {
  readonly id: number;
  readonly accountId: number;
  readonly archived: boolean;
  readonly name: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function toDcpService(service: ServiceRecord): DcpService {
  return {
    id: service.id,
    account_id: service.accountId,
    archived: service.archived,
    name: service.name,
    s3_path: `dcp/${service.id}`,
    aws_access_key: null,
    aws_secret_key: null,
    created: toV1Timestamp(service.createdAt),
    last_modified: toV1Timestamp(service.updatedAt),
  };
}
