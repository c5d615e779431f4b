/** What input, textarea and select trigger have in common. 16 px on touch, or iOS zooms in. */
export const controlStyles =
  'w-full rounded-md border border-input bg-card px-2.5 text-sm text-foreground shadow-xs transition-colors duration-100 hover:not-data-disabled:border-muted-foreground focus-visible:border-ring focus-visible:outline-1 focus-visible:-outline-offset-1 data-disabled:cursor-not-allowed data-disabled:bg-muted data-disabled:text-muted-foreground data-invalid:border-danger data-invalid:focus-visible:outline-danger pointer-coarse:text-lg';
