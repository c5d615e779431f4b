/** Whose rows make up the profiles that an audience chooses from: those of one service. */
export interface ProfileSpace {
  /** The built-in table. Its customers are the Optimizely users; every user that is known has a row in it. */
  readonly hubTableId: number;
  /** The other tables that count; an archived one does not. */
  readonly tables: readonly AliasedTable[];
}

export interface AliasedTable {
  readonly tableId: number;
  /**
   * The column of the built-in table that says which customer of this table a user is; `null` where it is known
   * that nobody is aliased, which halves the work.
   */
  readonly aliasAttributeId: number | null;
}
