-- The profile API remembers audiences, and which tables their profiles come from.
CREATE CONSTRAINT TRIGGER raise_facts_version AFTER INSERT OR DELETE
  OR UPDATE OF "id", "projectId", "name", "conditions", "archived"
  ON "Audience" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_facts_version();

CREATE CONSTRAINT TRIGGER raise_facts_version AFTER DELETE OR UPDATE OF "id", "serviceId", "archived"
  ON "Project" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_facts_version();

DROP TRIGGER raise_facts_version ON "Table";

CREATE CONSTRAINT TRIGGER raise_facts_version AFTER INSERT OR DELETE
  OR UPDATE OF "id", "serviceId", "name", "isOptimizely", "archived"
  ON "Table" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_facts_version();

CREATE TRIGGER raise_facts_version_truncated AFTER TRUNCATE ON "Audience" FOR EACH STATEMENT EXECUTE FUNCTION raise_facts_version();
CREATE TRIGGER raise_facts_version_truncated AFTER TRUNCATE ON "Project" FOR EACH STATEMENT EXECUTE FUNCTION raise_facts_version();
