import { useCallback, useState } from 'react';

/** One polite live region; the same text twice is said twice. */
export function useAnnouncer() {
  const [spoken, setSpoken] = useState('');
  const announce = useCallback((text: string) => {
    setSpoken((before) => (before === text ? `${text}\u00a0` : text));
  }, []);
  return { spoken, announce };
}
