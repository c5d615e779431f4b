-- AlterTable
ALTER TABLE "Upload" ADD COLUMN     "rowsUnchanged" BIGINT;
