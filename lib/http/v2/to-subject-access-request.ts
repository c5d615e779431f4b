import type { PrivacyRequestSummary } from '../../contracts/privacy-requests.ts';
import type { SubjectAccessRequest } from '../../contracts/v2/subject-access-requests.ts';
import { dashboardUrl } from '../../services/dashboard-url.ts';
import { toV1Timestamp } from '../v1/to-timestamp.ts';

/** A month, which is what the law gives. */
const deadline = 30 * 24 * 3_600_000;

export function toSubjectAccessRequest(
  request: PrivacyRequestSummary,
  accountId: number,
): SubjectAccessRequest {
  const { id, createdAt, startedAt, finishedAt, result } = request;
  return {
    id,
    account_id: accountId,
    data_type: 'visitor',
    identifier_type: request.identifierType,
    identifier: request.identifier,
    request_type: request.kind,
    dcp_datasource_id: request.table?.id ?? null,
    status: request.state,
    requested_at_time: toV1Timestamp(createdAt),
    processing_started_time: startedAt && toV1Timestamp(startedAt),
    completed_at_time:
      request.state === 'completed' && finishedAt !== null ? toV1Timestamp(finishedAt) : null,
    sla_deadline_time: toV1Timestamp(new Date(new Date(createdAt).getTime() + deadline)),
    // Not by the request's Host header: programs send their token there.
    export_location: result && dashboardUrl(`/v2/subject-access-requests/${id}/export`),
    expired_at_time: result && toV1Timestamp(result.expiresAt),
    error: request.error?.message ?? null,
  };
}
