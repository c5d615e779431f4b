import { getDb } from '#lib/db/client.ts';

export interface AudienceLink {
  readonly id: number;
  readonly name: string;
}

/** By attribute, the audiences whose own conditions name it. */
export async function findUses(
  attributeIds: readonly number[],
): Promise<ReadonlyMap<number, AudienceLink[]>> {
  const audiences = await getDb().audience.findMany({
    where: { archived: false, attributeIds: { hasSome: [...attributeIds] } },
    select: { id: true, name: true, attributeIds: true },
    orderBy: { id: 'asc' },
  });
  return new Map(
    attributeIds.map((attributeId) => [
      attributeId,
      audiences
        .filter((audience) => audience.attributeIds.includes(attributeId))
        .map(({ id, name }) => ({ id, name })),
    ]),
  );
}
