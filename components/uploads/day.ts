const pattern = /^(19[89]\d|2\d{3})-(0[1-9]|1[0-2])-(\d{2})$/;

/** Whether a text is a day of the calendar since 1980: `2026-02-28`. */
export function isDay(text: string): boolean {
  return pattern.test(text) && toDate(text, 0).getDate() === Number(text.slice(8));
}

/** When a day begins where the reader is, in UTC. */
export function startOfDay(day: string): string {
  return toDate(day, 0).toISOString();
}

export function startOfNextDay(day: string): string {
  return toDate(day, 1).toISOString();
}

function toDate(day: string, later: number): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later);
}
