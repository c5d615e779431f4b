-- AlterTable
ALTER TABLE "AudienceCount" ADD COLUMN     "activity" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "AttributeInsight" (
    "attributeId" INTEGER NOT NULL,
    "rowCount" BIGINT NOT NULL,
    "rowsRead" INTEGER NOT NULL,
    "isExact" BOOLEAN NOT NULL,
    "fillRate" DOUBLE PRECISION,
    "distinct" BIGINT,
    "min" TEXT,
    "max" TEXT,
    "top" JSONB NOT NULL,
    "histogram" JSONB NOT NULL,
    "computedAt" TIMESTAMPTZ(6) NOT NULL,
    "activity" BIGINT NOT NULL,

    CONSTRAINT "AttributeInsight_pkey" PRIMARY KEY ("attributeId")
);

-- AddForeignKey
ALTER TABLE "AttributeInsight" ADD CONSTRAINT "AttributeInsight_attributeId_fkey" FOREIGN KEY ("attributeId") REFERENCES "Attribute"("id") ON DELETE CASCADE ON UPDATE CASCADE;
