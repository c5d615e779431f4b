-- AlterTable
ALTER TABLE "Project" ADD COLUMN     "archived" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Attribute" ADD COLUMN     "aliasTableId" INTEGER;

-- CreateIndex
CREATE UNIQUE INDEX "Attribute_aliasTableId_key" ON "Attribute"("aliasTableId");

-- AddForeignKey
ALTER TABLE "Attribute" ADD CONSTRAINT "Attribute_aliasTableId_fkey" FOREIGN KEY ("aliasTableId") REFERENCES "Table"("id") ON DELETE CASCADE ON UPDATE CASCADE;
