-- CreateIndex
CREATE INDEX "Upload_tableId_createdAt_id_idx" ON "Upload"("tableId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Upload_createdAt_id_tableId_idx" ON "Upload"("createdAt" DESC, "id" DESC, "tableId");
