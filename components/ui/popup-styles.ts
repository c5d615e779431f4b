/** What menus and popovers look like while they open, stand and close. */
export const popupStyles =
  'origin-(--transform-origin) rounded-lg border bg-popover text-foreground shadow-lg outline-hidden transition-[opacity,scale] duration-100 data-ending-style:opacity-0 data-instant:transition-none data-starting-style:scale-98 data-starting-style:opacity-0';

export const menuItemStyles =
  'flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm outline-hidden select-none data-disabled:cursor-not-allowed data-disabled:text-muted-foreground data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground';
