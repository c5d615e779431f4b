-- DropIndex
DROP INDEX "Upload_state_idx";

-- CreateIndex
CREATE INDEX "Upload_state_tableId_id_idx" ON "Upload"("state", "tableId", "id" DESC);

-- CreateIndex
CREATE INDEX "Upload_source_tableId_id_idx" ON "Upload"("source", "tableId", "id" DESC);
