-- CreateTable
CREATE TABLE "FactsVersion" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "FactsVersion_pkey" PRIMARY KEY ("id")
);

INSERT INTO "FactsVersion" DEFAULT VALUES;

-- Once in a transaction, and as its last step: nobody waits for the counter while holding something that others wait for.
-- (\073 is a semicolon: the engine that runs migrations ends a statement at each one that it sees.)
CREATE FUNCTION raise_facts_version() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN
      UPDATE "FactsVersion" SET "version" = "version" + 1
      WHERE "id" = 1 AND xmin <> pg_current_xact_id()::xid\073
      RETURN NULL\073
    END';

-- What is not there yet is not remembered, so that new tokens and tables change nothing.
CREATE CONSTRAINT TRIGGER raise_facts_version AFTER DELETE
  OR UPDATE OF "id", "accountId", "userId", "name", "hash", "scopes", "serviceId", "expiresAt", "revokedAt"
  ON "ApiToken" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_facts_version();

CREATE CONSTRAINT TRIGGER raise_facts_version AFTER DELETE OR UPDATE OF "id", "accountId", "role"
  ON "User" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_facts_version();

CREATE CONSTRAINT TRIGGER raise_facts_version AFTER DELETE OR UPDATE OF "id", "accountId"
  ON "Service" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_facts_version();

CREATE CONSTRAINT TRIGGER raise_facts_version AFTER DELETE
  OR UPDATE OF "id", "serviceId", "name", "isOptimizely", "archived"
  ON "Table" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_facts_version();

CREATE CONSTRAINT TRIGGER raise_facts_version AFTER INSERT OR DELETE
  OR UPDATE OF "id", "tableId", "name", "datatype", "format", "aliasTableId", "archivedAt"
  ON "Attribute" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_facts_version();

-- Nothing here truncates, but an operator may.
CREATE TRIGGER raise_facts_version_truncated AFTER TRUNCATE ON "ApiToken" FOR EACH STATEMENT EXECUTE FUNCTION raise_facts_version();
CREATE TRIGGER raise_facts_version_truncated AFTER TRUNCATE ON "User" FOR EACH STATEMENT EXECUTE FUNCTION raise_facts_version();
CREATE TRIGGER raise_facts_version_truncated AFTER TRUNCATE ON "Service" FOR EACH STATEMENT EXECUTE FUNCTION raise_facts_version();
CREATE TRIGGER raise_facts_version_truncated AFTER TRUNCATE ON "Table" FOR EACH STATEMENT EXECUTE FUNCTION raise_facts_version();
CREATE TRIGGER raise_facts_version_truncated AFTER TRUNCATE ON "Attribute" FOR EACH STATEMENT EXECUTE FUNCTION raise_facts_version();
