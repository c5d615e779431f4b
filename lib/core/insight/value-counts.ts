/** How often each value was read, as PostgreSQL prints it; rows without a value are not among them. */
export type ValueCounts = ReadonlyMap<string, number>;
