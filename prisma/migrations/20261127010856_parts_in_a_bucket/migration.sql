-- AlterTable
ALTER TABLE "MultipartUpload" ADD COLUMN     "assemblyId" TEXT,
ADD COLUMN     "blobName" TEXT,
ADD COLUMN     "settledEtag" TEXT;

-- AlterTable
ALTER TABLE "MultipartPart" ADD COLUMN     "receipt" TEXT;
