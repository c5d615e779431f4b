'use client';

import { Checkbox } from '#components/ui/checkbox.tsx';
import { LabelledCheck } from '#components/ui/labelled-check.tsx';

type PublicCheckboxProps = { checked: boolean; onCheckedChange: (checked: boolean) => void };

export function PublicCheckbox({ checked, onCheckedChange }: PublicCheckboxProps) {
  return (
    <LabelledCheck
      label="May be read by web pages"
      description="The customer's own value may be sent to the browser, where scripts of your site, and anybody at that browser, can read it. Without this it only decides on the server."
    >
      <Checkbox checked={checked} onCheckedChange={onCheckedChange} />
    </LabelledCheck>
  );
}
