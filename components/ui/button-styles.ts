import { cva, type VariantProps } from 'class-variance-authority';

/** Shared by Button and ButtonLink, which look the same and are not the same. */
export const buttonStyles = cva(
  'relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors duration-100 select-none data-disabled:cursor-not-allowed data-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'bg-primary text-primary-foreground shadow-xs hover:not-data-disabled:bg-primary-hover',
        outline:
          'border border-border bg-card text-foreground shadow-xs hover:not-data-disabled:bg-hover data-popup-open:bg-hover',
        ghost: 'text-foreground hover:not-data-disabled:bg-hover data-popup-open:bg-hover',
        danger:
          'bg-danger-solid text-danger-solid-foreground shadow-xs hover:not-data-disabled:bg-danger-solid-hover',
        link: 'rounded-sm text-brand underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs',
        md: 'h-8 px-3 text-sm',
        lg: 'h-10 px-4 text-base',
        icon: 'size-8',
        'icon-sm': 'size-7',
        text: 'h-6 text-sm',
      },
    },
    defaultVariants: { variant: 'outline', size: 'md' },
  },
);

export type ButtonStyles = VariantProps<typeof buttonStyles>;
