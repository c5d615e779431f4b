-- S3 lists keys in the order of their bytes, whatever the database's own collation is.
ALTER TABLE "StoredObject"
    ALTER COLUMN "key" TYPE TEXT COLLATE "C",
    ALTER COLUMN "currentKey" TYPE TEXT COLLATE "C";

ALTER TABLE "MultipartUpload" ALTER COLUMN "key" TYPE TEXT COLLATE "C";
