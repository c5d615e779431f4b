import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from '#components/cn.ts';
import { buttonStyles, type ButtonStyles } from './button-styles.ts';

type ButtonLinkProps = ComponentProps<typeof Link> & ButtonStyles;

/** A link that looks like a button, for going somewhere; a Button is for doing something. */
export function ButtonLink({ variant, size, className, ...props }: ButtonLinkProps) {
  return <Link {...props} className={cn(buttonStyles({ variant, size }), className)} />;
}
