const words: Readonly<Record<number, string>> = {
  60: 'Every minute',
  300: 'Every 5 minutes',
  900: 'Every 15 minutes',
  3600: 'Every hour',
  86_400: 'Every day',
};

export function intervalWords(seconds: number): string {
  return words[seconds] ?? `Every ${seconds} seconds`;
}
