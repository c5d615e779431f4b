-- AlterTable
ALTER TABLE "Upload" ADD COLUMN     "searchText" TEXT NOT NULL DEFAULT '';

UPDATE "Upload" SET "searchText" = lower(key || chr(10) || left("uploadedBy", 200));

-- CreateIndex
CREATE INDEX "Upload_search_idx" ON "Upload"("tableId", "id" DESC, "searchText", "state", "source", "createdAt");
