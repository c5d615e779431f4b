'use client';

import { Select } from '#components/ui/select.tsx';
import type { ValueType } from '#lib/core/datatypes/types.ts';
import type { EditorRule } from '../model/editor-node.ts';
import { operatorKey, operatorOf, operatorsOf, type Operator } from '../model/operators.ts';

type OperatorSelectProps = {
  rule: EditorRule;
  type: ValueType;
  onChange: (operator: Operator) => void;
};

export function OperatorSelect({ rule, type, onChange }: OperatorSelectProps) {
  const listed = operatorsOf(type);
  const key = operatorKey(rule);
  const isListed = listed.some((operator) => operatorKey(operator) === key);
  // A stored rule may say it in a way that nobody is offered: "is not less than".
  const all = isListed ? listed : [...listed, operatorOf(type, rule.match, rule.isNegated)];
  return (
    <Select
      aria-label="Comparison"
      options={all.map((operator) => ({ value: operatorKey(operator), label: operator.words }))}
      value={key}
      onValueChange={(next) => {
        const operator = all.find((candidate) => operatorKey(candidate) === next);
        if (operator) onChange(operator);
      }}
      className="w-auto"
    />
  );
}

const audienceOptions = [
  { value: 'in', label: 'in the audience' },
  { value: 'not in', label: 'not in the audience' },
] as const;

type MembershipSelectProps = { isNegated: boolean; onChange: (isNegated: boolean) => void };

export function MembershipSelect({ isNegated, onChange }: MembershipSelectProps) {
  return (
    <Select
      aria-label="Comparison"
      options={audienceOptions}
      value={isNegated ? 'not in' : 'in'}
      onValueChange={(next) => {
        onChange(next === 'not in');
      }}
      className="w-auto"
    />
  );
}
