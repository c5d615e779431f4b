-- AlterTable
ALTER TABLE "AudienceCount" ADD COLUMN     "basis" TEXT NOT NULL DEFAULT '';
