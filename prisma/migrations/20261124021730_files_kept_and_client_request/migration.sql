-- AlterTable
ALTER TABLE "Table" ADD COLUMN     "keepFilesDays" INTEGER;

-- AlterTable
ALTER TABLE "StoredObject" ADD COLUMN     "clientRequest" TEXT;
