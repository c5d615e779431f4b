-- AlterTable
ALTER TABLE "Upload" ADD COLUMN     "rowsReached" BIGINT NOT NULL DEFAULT 0;
