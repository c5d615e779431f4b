-- CreateTable
CREATE TABLE "Audience" (
    "id" SERIAL NOT NULL,
    "projectId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "conditions" TEXT NOT NULL,
    "layout" TEXT,
    "segmentation" BOOLEAN NOT NULL DEFAULT false,
    "attributeIds" INTEGER[],
    "tableIds" INTEGER[],
    "audienceIds" INTEGER[],
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedBy" TEXT NOT NULL,
    "lastCountId" INTEGER,

    CONSTRAINT "Audience_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AudienceVersion" (
    "audienceId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "conditions" TEXT NOT NULL,
    "layout" TEXT,
    "savedAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "savedBy" TEXT NOT NULL,
    "restoredFrom" INTEGER,

    CONSTRAINT "AudienceVersion_pkey" PRIMARY KEY ("audienceId","version")
);

-- CreateTable
CREATE TABLE "AudienceCount" (
    "id" SERIAL NOT NULL,
    "audienceId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "size" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "milliseconds" INTEGER NOT NULL,
    "countedAt" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "AudienceCount_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Audience_lastCountId_key" ON "Audience"("lastCountId");

-- CreateIndex
CREATE INDEX "Audience_projectId_id_idx" ON "Audience"("projectId", "id");

-- CreateIndex
CREATE INDEX "AudienceCount_audienceId_countedAt_idx" ON "AudienceCount"("audienceId", "countedAt");

-- CreateIndex
CREATE INDEX "Upload_finishedAt_idx" ON "Upload"("finishedAt");

-- AddForeignKey
ALTER TABLE "Audience" ADD CONSTRAINT "Audience_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Audience" ADD CONSTRAINT "Audience_lastCountId_fkey" FOREIGN KEY ("lastCountId") REFERENCES "AudienceCount"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AudienceVersion" ADD CONSTRAINT "AudienceVersion_audienceId_fkey" FOREIGN KEY ("audienceId") REFERENCES "Audience"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AudienceCount" ADD CONSTRAINT "AudienceCount_audienceId_fkey" FOREIGN KEY ("audienceId") REFERENCES "Audience"("id") ON DELETE CASCADE ON UPDATE CASCADE;
