-- CreateTable
CREATE TABLE "WatchedBucket" (
    "tableId" INTEGER NOT NULL,
    "endpoint" TEXT,
    "bucket" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "accessKeyId" TEXT NOT NULL,
    "secretEncrypted" TEXT NOT NULL,
    "pollSeconds" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(6),
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "nextLookAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastLookAt" TIMESTAMPTZ(6),
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WatchedBucket_pkey" PRIMARY KEY ("tableId")
);

-- CreateTable
CREATE TABLE "WatchedFile" (
    "tableId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "modifiedAt" TIMESTAMPTZ(6) NOT NULL,
    "seenAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "problem" TEXT,

    CONSTRAINT "WatchedFile_pkey" PRIMARY KEY ("tableId","key")
);

-- CreateIndex
CREATE INDEX "WatchedBucket_nextLookAt_idx" ON "WatchedBucket"("nextLookAt");

-- AddForeignKey
ALTER TABLE "WatchedBucket" ADD CONSTRAINT "WatchedBucket_tableId_fkey" FOREIGN KEY ("tableId") REFERENCES "Table"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WatchedFile" ADD CONSTRAINT "WatchedFile_tableId_fkey" FOREIGN KEY ("tableId") REFERENCES "WatchedBucket"("tableId") ON DELETE CASCADE ON UPDATE CASCADE;
