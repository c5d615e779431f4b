const shares = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

/** 1 of 3 becomes "33.3%"; a few of very many "<0.1%", so that nobody reads them as none. */
export function formatShare(part: number, total: number): string {
  if (total === 0) return '0%';
  const share = part / total;
  if (part > 0 && share < 0.001) return '<0.1%';
  if (part < total && share > 0.999) return '>99.9%';
  return shares.format(share);
}
