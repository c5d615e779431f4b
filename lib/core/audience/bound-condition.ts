import type { ValueType } from '../datatypes/types.ts';
import type { Condition } from './condition.ts';
import type { ConditionPath } from './condition-fault.ts';
import type { ValueTest } from './value-test.ts';

/** An attribute as rules and their words need it. */
export interface CatalogAttribute {
  readonly id: number;
  readonly tableId: number;
  readonly name: string;
  readonly tableName: string;
  readonly type: ValueType;
  /** The attribute itself or its table. */
  readonly isArchived: boolean;
}

export interface CatalogAudience {
  readonly id: number;
  readonly name: string;
  readonly isArchived: boolean;
  readonly condition: Condition;
}

/** What conditions may refer to. */
export interface AudienceCatalog {
  attribute(tableId: number, attributeId: number): CatalogAttribute | undefined;
  audience(audienceId: number): CatalogAudience | undefined;
}

/** A tree whose rules are resolved and typed: what is evaluated, compiled, explained and described. */
export type BoundCondition =
  | {
      readonly kind: 'and' | 'or';
      readonly path: ConditionPath;
      readonly conditions: readonly BoundCondition[];
    }
  | { readonly kind: 'not'; readonly path: ConditionPath; readonly condition: BoundCondition }
  | BoundRule
  /** As if the other audience's conditions stood here; paths below it are that audience's. */
  | {
      readonly kind: 'audience';
      readonly path: ConditionPath;
      readonly audience: { readonly id: number; readonly name: string };
      readonly condition: BoundCondition;
    }
  /** A rule that cannot be asked, such as one on an archived attribute: unknown for everybody. */
  | { readonly kind: 'unknown'; readonly path: ConditionPath; readonly reason: string };

export interface BoundRule {
  readonly kind: 'attribute';
  readonly path: ConditionPath;
  readonly attribute: CatalogAttribute;
  readonly test: ValueTest;
}
