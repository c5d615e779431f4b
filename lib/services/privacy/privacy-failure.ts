/** Why a privacy request cannot be carried out, for people: trying again would end the same way. */
export class PrivacyFailure extends Error {
  readonly report: { readonly code: string; readonly message: string };

  constructor(report: PrivacyFailure['report']) {
    super(report.message);
    this.name = 'PrivacyFailure';
    this.report = report;
  }
}

/** The request was cancelled or ended by somebody else: stop, and write nothing more. */
export class RequestEndedError extends Error {
  constructor(requestId: number) {
    super(`Privacy request ${requestId} has ended.`);
    this.name = 'RequestEndedError';
  }
}
