-- AlterTable
ALTER TABLE "Table" ADD COLUMN     "keepFilesDays" INTEGER;
