-- CreateTable
CREATE TABLE "PrivacyRequest" (
    "id" SERIAL NOT NULL,
    "accountId" INTEGER NOT NULL,
    "serviceId" INTEGER,
    "tableId" INTEGER,
    "kind" TEXT NOT NULL,
    "identifierType" TEXT NOT NULL,
    "identifierEncrypted" TEXT,
    "identifierHash" TEXT NOT NULL,
    "subjectEncrypted" TEXT,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "needsConfirmation" BOOLEAN NOT NULL DEFAULT false,
    "progress" JSONB,
    "findings" JSONB,
    "error" JSONB,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "askedBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(6),
    "confirmedAt" TIMESTAMPTZ(6),
    "finishedAt" TIMESTAMPTZ(6),
    "resultBlob" TEXT,
    "resultSeal" JSONB,
    "resultExpiresAt" TIMESTAMPTZ(6),

    CONSTRAINT "PrivacyRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PrivacyFinding" (
    "requestId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "tableId" INTEGER NOT NULL,
    "uploadId" INTEGER,
    "fileName" TEXT NOT NULL,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "PrivacyFinding_pkey" PRIMARY KEY ("requestId","kind","reference")
);

-- CreateIndex
CREATE INDEX "PrivacyRequest_accountId_id_idx" ON "PrivacyRequest"("accountId", "id" DESC);

-- CreateIndex
CREATE INDEX "PrivacyRequest_state_idx" ON "PrivacyRequest"("state");

-- AddForeignKey
ALTER TABLE "PrivacyRequest" ADD CONSTRAINT "PrivacyRequest_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PrivacyFinding" ADD CONSTRAINT "PrivacyFinding_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "PrivacyRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;
