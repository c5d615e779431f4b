-- AlterTable
ALTER TABLE "StoredObject" ADD COLUMN     "clientRequest" TEXT;
