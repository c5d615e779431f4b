import {
  createInstance,
  createStaticProjectConfigManager,
  type Client,
} from '@optimizely/optimizely-sdk';
import { bindConditions } from '../bind-conditions.ts';
import { evaluate } from '../evaluate.ts';
import { sdkValue, toSdkCondition, type SdkCondition } from '../typed-audience.ts';
import type { TypedValue } from '../typed-value.ts';
import { catalogOf, type World } from './arbitrary-world.ts';
import { profilesOf } from './profiles-of.ts';

interface SdkComparison {
  /** Trees times profiles that were compared. */
  readonly verdicts: number;
  /** The first on which Optimizely's SDK differs from `evaluate`, as text; `null` if none. */
  readonly disagreement: string | null;
}

/** Asks the official SDK each tree of a world that it can say, for each profile. */
export async function compareWithSdk(world: World): Promise<SdkComparison> {
  const catalog = catalogOf(world);
  const trees = world.conditions.flatMap((tree) => {
    const { condition } = bindConditions(tree, { catalog });
    const sdk = toSdkCondition(condition, ({ id }) => String(id));
    return sdk ? [{ condition, sdk }] : [];
  });
  const client = await startSdk(trees.map(({ sdk }) => sdk));
  let verdicts = 0;
  for (const { customerId, values } of profilesOf(world)) {
    const { kept, attributes } = comparable(values);
    for (const [index, { condition, sdk }] of trees.entries()) {
      const isIn = client.getVariation(keyOf(index), customerId, attributes) !== null;
      const verdict = evaluate(condition, { values: kept, now: world.now });
      verdicts += 1;
      if (isIn !== (verdict === true)) {
        const disagreement = JSON.stringify({ sdk, attributes, isIn, verdict });
        return { verdicts, disagreement };
      }
    }
  }
  await client.close();
  return { verdicts, disagreement: null };
}

/** Each audience has an experiment that all of its users are in. */
async function startSdk(conditions: readonly SdkCondition[]): Promise<Client> {
  const keys = conditions.map((_condition, index) => keyOf(index));
  const datafile = {
    ...{ version: '4', revision: '1', projectId: '1', accountId: '1' },
    ...{ groups: [], events: [], attributes: [], rollouts: [], featureFlags: [], audiences: [] },
    typedAudiences: keys.map((id, index) => ({ id, name: id, conditions: conditions[index] })),
    experiments: keys.map((key) => ({
      ...{ id: `e${key}`, key, status: 'Running', layerId: `l${key}`, forcedVariations: {} },
      audienceIds: [key],
      audienceConditions: ['or', key],
      variations: [{ id: `v${key}`, key: 'in' }],
      trafficAllocation: [{ entityId: `v${key}`, endOfRange: 10_000 }],
    })),
  };
  const client = createInstance({
    projectConfigManager: createStaticProjectConfigManager({ datafile: JSON.stringify(datafile) }),
  });
  await client.onReady();
  return client;
}

function keyOf(index: number): string {
  return String(1_000 + index);
}

/** Values as the SDK gets them; those that it cannot compare are left out on both sides. */
function comparable(values: ReadonlyMap<number, TypedValue>) {
  const kept = new Map([...values].filter(([, value]) => sdkValue(value) !== null));
  const attributes = Object.fromEntries([...kept].map(([id, value]) => [id, sdkValue(value)]));
  return { kept, attributes };
}
