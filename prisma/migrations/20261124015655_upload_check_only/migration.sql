-- AlterTable
ALTER TABLE "Upload" ADD COLUMN     "checkOnly" BOOLEAN NOT NULL DEFAULT false;
