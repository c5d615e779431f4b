export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

export const densityCookie = 'opendcp-density';

export function parseDensity(value: string | undefined): Density {
  return value === 'compact' ? 'compact' : 'comfortable';
}
