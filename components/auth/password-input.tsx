'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';

export function PasswordInput(props: Omit<ComponentProps<typeof Input>, 'type'>) {
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input {...props} type={isShown ? 'text' : 'password'} spellCheck={false} className="pr-9" />
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={isShown ? 'Hide password' : 'Show password'}
        onClick={() => {
          setShown(!isShown);
        }}
        className="absolute top-0.5 right-0.5 text-muted-foreground"
      >
        <Icon aria-hidden />
      </Button>
    </div>
  );
}
